"""What the server answers when it does not do what it was asked."""

from typing import Any

_CLASSES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    500: "Internal Server Error",
}


class Refusal(Exception):
    """An answer with `ok` false: status, description, and what `parameters` say."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON object of the answer."""
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def refuse(status: int, reason: str) -> Refusal:
    """A refusal with the words that Telegram puts before the reason of this status; the reason
    begins small unless it is a name in capitals."""
    if len(reason) > 1 and not (reason[1].isupper() or reason[1] == "_"):
        reason = reason[0].lower() + reason[1:]
    return Refusal(status, f"{_CLASSES[status]}: {reason}")


def bad_request(reason: str) -> Refusal:
    """400 with its reason."""
    return refuse(400, reason)


def forbidden(reason: str) -> Refusal:
    """403 with its reason."""
    return refuse(403, reason)


def moved(to: int) -> Refusal:
    """400 for a group that has become a supergroup."""
    description = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, description, migrate_to_chat_id=to)


def unauthorized() -> Refusal:
    """401 as api.telegram.org says it."""
    return Refusal(401, "Unauthorized")


def too_many_requests(retry_after_s: int) -> Refusal:
    """429 with the seconds to wait."""
    return Refusal(
        429, f"Too Many Requests: retry after {retry_after_s}", retry_after=retry_after_s
    )
