"""What browsers say of requests, and which of it a recording or a review takes over."""

from typing import Final

REPORTED_ANYWAY: Final = "Failed to load resource"
"""The beginning of Chromium's message on the console about a request that failed or was answered with an error.

It is not recorded, as each such request is: those of documents and forms always, all others if they failed.
"""

CUT_OFF: Final = {"", "net::ERR_ABORTED", "NS_BINDING_ABORTED", "cancelled", "Load request cancelled"}
"""What browsers say of a request that the page or the end of a trace has cut off."""

PURPOSES: Final = {"purpose", "sec-purpose", "x-moz", "x-purpose", "x-sec-purpose"}
"""The headers, in lower case, in which browsers and libraries say what a request is for."""

AHEAD: Final = ("prefetch", "prerender", "preview")
"""What these say of a page that is asked for before anybody goes there."""

KEPT_IN_MEMORY: Final = {"font", "image", "script", "stylesheet"}
"""What Chromium keeps in its memory while a page that has it is open."""

ERROR: Final = 400
"""The least status of an error."""
