"""What ThingsBoard refuses, in its own words."""

from __future__ import annotations

from station.simulation.http_server import Response, json_response

GENERAL, AUTHENTICATION, JWT_EXPIRED, PERMISSION = 2, 10, 11, 20
INVALID, BAD_REQUEST, NOT_FOUND, TOO_MANY, CONFLICT, ENTITY_LIMIT = 30, 31, 32, 33, 35, 41
"""Values of errorCode."""

NO_ITEM = "Requested item wasn't found!"


class Refused(Exception):
    """A refusal of the REST API; what the checks of an entity raise is one of 400 as well.

    `kind` is the name of the exception as the bulk import tells it.
    """

    def __init__(
        self,
        message: str,
        status: int = 400,
        code: int = BAD_REQUEST,
        kind: str = "DataValidationException",
        **more: object,
    ) -> None:
        super().__init__(message)
        self.message, self.status, self.code, self.kind, self.more = (
            message,
            status,
            code,
            kind,
            more,
        )

    def told(self, now_ms: int) -> Response:
        """Return it as a reply."""
        return platform_error(self.status, self.message, self.code, now_ms, **self.more)


def missing(message: str = NO_ITEM) -> Refused:
    """Return the refusal of what is not there."""
    return Refused(message, 404, NOT_FOUND)


def platform_error(status: int, message: str, code: int, now_ms: int, **more: object) -> Response:
    """Return an error object as every REST call tells it."""
    told = {"status": status, "message": message, "errorCode": code, "timestamp": now_ms}
    return json_response(status, {**told, **more})
