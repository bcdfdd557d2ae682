"""Starts the frozen program: by the name of its file, as a window or as a command line."""

import os
import ssl
import sys
from pathlib import Path

from clipsorter.__main__ import main, main_gui

# Python looks for certificates where they were on the machine of the build; each family of Linux has its own place.
_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


def find_certificates() -> None:
    """Name the system's certificates to Python, where it would find none and nobody named any."""
    known = ssl.get_default_verify_paths()
    if sys.platform == "win32" or known.cafile or known.capath:
        return
    found = next((path for path in _CERTIFICATES if Path(path).is_file()), None)
    if found:
        os.environ["SSL_CERT_FILE"] = found


def free_other_programs() -> None:
    """Let what is opened from here, such as an image editor, use its own libraries rather than those of this program.

    PyInstaller names them to Linux's loader, which has read that by now; a process of our own gets them named anew.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before


if __name__ == "__main__":
    free_other_programs()
    find_certificates()
    sys.exit(main_gui() if Path(sys.executable).stem == "clipsorter-gui" else main())
