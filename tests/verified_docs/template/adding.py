"""Adding, with an example."""


def add(size: int, by: int = 1) -> int:
    """Add 1, or another number.

    $$
    c = a + b
    $$

    Examples:
        >>> 1 + 1
        2
    """
    return size + by


class Sum:
    """A sum."""

    def add(self, by: int) -> int:
        """Add a number.

        Examples:
            >>> 2 + 2
            4
        """
        return by
