"""What a person does on a real screen, counted, and how long that takes by the keystroke-level model.

S. K. Card, T. P. Moran, A. Newell: The Keystroke-Level Model for User Performance Time with Interactive Systems.
Communications of the ACM 23(7), 1980, pp. 396-410. The talk itself is not counted, nor is reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

KEY = 0.28
"""K: one key, average typist (40 words per minute)."""
POINT = 1.1
"""P: the finger or the mouse reaches its target."""
HOME = 0.4
"""H: the hand goes from the keys to the screen, or back."""
THINK = 1.35
"""M: deciding what to do next; put before every interaction, which is more than the model's rules ask for."""
CONVERSION = 2
"""Keys that a Japanese text takes beside its reading: one that converts it, one that takes the words."""


@dataclass
class Counted:
    """Every deed is an interaction: one tap, one text typed into a field, or one key command."""

    page: Page
    deeds: list[str] = field(default_factory=list)
    seconds: float = 0.0
    on_keys: bool = True

    def tap(self, target: Locator) -> None:
        """Touch it. What lies outside of the screen takes a swipe before, which counts too."""
        if not _is_in_sight(target):
            self._deed(f'swipe to {target}', POINT + KEY, on_keys=False)
        self._deed(f'tap {target}', POINT + KEY, on_keys=False)
        target.tap()

    def types(self, text: str, reading: str = '') -> None:
        """Into what has the focus. reading: the keys of a Japanese text, which arrives as the conversion gives it."""
        keys = len(reading) + CONVERSION if reading else len(text)
        self._deed(f'type {text}', keys * KEY, on_keys=True)
        self.page.keyboard.insert_text(text)

    def press(self, key: str) -> None:
        """One key command, however many keys are held for it."""
        self._deed(f'press {key}', (key.count('+') + 1) * KEY, on_keys=True)
        self.page.keyboard.press(key)

    def _deed(self, told: str, seconds: float, *, on_keys: bool) -> None:
        self.seconds += THINK + seconds + (HOME if on_keys != self.on_keys else 0)
        self.on_keys = on_keys
        self.deeds.append(told)

    def __str__(self) -> str:
        return f'{len(self.deeds)} interactions, {self.seconds:.1f} s by KLM'


def _is_in_sight(target: Locator) -> bool:
    box, size = target.bounding_box(), target.page.viewport_size
    assert size is not None
    return box is not None and 0 <= box['y'] and box['y'] + box['height'] <= size['height']
