"""What is sent, and by whom."""

from dataclasses import dataclass, field
from typing import Any

from office import Person


@dataclass
class Request:
    """The parts of a request that succeeds, and who sends it where that is not Alice."""

    path: dict[str, str] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    media_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    sender: Person | None = None
