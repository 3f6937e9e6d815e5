"""A stream that hands out a few bytes at a time, as one that decompresses does."""

import io


class SlowStream(io.RawIOBase):
    """The bytes it is given, at most seven a read."""

    def __init__(self, data):
        super().__init__()
        self._data = io.BytesIO(data)

    def readable(self):
        """It is for reading."""
        return True

    def read(self, size=-1):
        """Fewer bytes than were asked for."""
        return self._data.read(min(size, 7) if size > 0 else 7)
