"""The one lock under which exiv2 is used: Adobe's XMP toolkit inside it keeps global state."""

import threading

import exiv2

EXIV2 = threading.Lock()  # may not be entered by two threads, whatever files they read or write
exiv2.LogMsg.setLevel(exiv2.LogMsg.Level.mute)  # it would write about odd tags to the terminal
