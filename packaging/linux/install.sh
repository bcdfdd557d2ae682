#!/bin/sh
# Puts Clipsorter into the menu of this user, or with --remove takes it out again. The program stays where it is.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
bin=$HOME/.local/bin

if [ "${1:-}" = --remove ]; then
    rm -f "$data/applications/clipsorter.desktop" "$data/metainfo/io.github.clipsorter.Clipsorter.metainfo.xml"
    rm -f "$data"/icons/hicolor/*/apps/clipsorter.png "$bin/clipsorter" "$bin/clipsorter-gui"
else
    mkdir -p "$data" "$bin"
    cp -R "$here/share/." "$data/"
    # Menus know no folder of the user's programs: they get the whole path, in quotes for spaces.
    sed -e "s|^Exec=clipsorter-gui|Exec=\"$here/clipsorter-gui\"|" -e "s|^TryExec=.*|TryExec=$here/clipsorter-gui|" \
        "$here/share/applications/clipsorter.desktop" > "$data/applications/clipsorter.desktop"
    ln -sf "$here/clipsorter" "$here/clipsorter-gui" "$bin/"
fi
if command -v update-desktop-database > /dev/null; then update-desktop-database -q "$data/applications" || true; fi
