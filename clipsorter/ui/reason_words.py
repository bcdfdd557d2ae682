"""Why a photo can't be read, in the user's language: the rooms below the window say it in English."""

from PySide6.QtCore import QCoreApplication


def say_reason(reason: str) -> str:
    """Return the sentence part for the end of a PhotoError, such as `is cut short`; a rare one stays as it is."""
    match reason:
        case "is empty":
            return QCoreApplication.translate("Reasons", "it is empty")
        case "is cut short":
            return QCoreApplication.translate("Reasons", "it is cut short")
        case "is damaged":
            return QCoreApplication.translate("Reasons", "it is damaged")
        case "is not a picture of a known kind":
            return QCoreApplication.translate("Reasons", "it is not a picture of a known kind")
        case "is damaged, or not a picture of a known kind":
            return QCoreApplication.translate("Reasons", "it is damaged, or not a picture of a known kind")
        case "is in no known RAW format":
            return QCoreApplication.translate("Reasons", "it is in no known RAW format")
        case "made its decoder crash, so it is left alone":
            return QCoreApplication.translate("Reasons", "it made its decoder crash, so it is left alone")
        case "changed while it was being read; it is looked at next time":
            return QCoreApplication.translate(
                "Reasons", "it changed while it was being read; it is looked at next time"
            )
        case "is not there now":
            return QCoreApplication.translate("Reasons", "it was moved or deleted, or its drive is not connected")
        case "changed since it was looked at":
            return QCoreApplication.translate(
                "Reasons", "it changed since it was looked at; open its folder, and it is looked at again"
            )
    return f"it {reason}" if reason else ""
