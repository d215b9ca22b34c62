"""What can go wrong in a measurement."""


class InstallError(Exception):
    """A peer cannot be had on this machine; the text says why."""


class MeasurementError(Exception):
    """A measured process ended, or said that it could not; the text is what it said last."""


class DifferenceError(Exception):
    """An engine prints something else than the others; its figures would mean nothing."""
