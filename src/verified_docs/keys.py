"""What tells one block or formula from another, wherever it is met."""


def formula_key(tex: str) -> str:
    """A formula, however its lines are broken."""
    return " ".join(tex.split())


def code_key(text: str) -> str:
    """A block, without the blanks around it."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
