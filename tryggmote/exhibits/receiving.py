"""Receiving a file: a megabyte in memory, the rest in a file without a name, and never past the limit."""

from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from tryggmote.exhibits.limits import MB, limits

IN_MEMORY = MB
DRAINED_UP_TO = 2
"""Times the limit: a little too much is read to its end, so that the browser shows our answer and nothing
typed is lost; what is far too much is cut off."""


class LimitedUpload(FileUploadHandler):
    """Keeps the file of a form, up to the largest that any kind may be. `is_too_large`: it was more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_too_large = False
        self._left = limits().largest_mb * MB
        self._content_length = 0
        self._file: Any = None

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 (Django's name)
        content_length: int,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        self._content_length = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._left -= len(raw_data)
        if self._left >= 0:
            self._file.write(raw_data)
            return
        self.is_too_large = True
        self._file.close()
        if self._content_length > DRAINED_UP_TO * limits().largest_mb * MB:
            raise StopUpload(connection_reset=True)
        raise SkipFile

    def file_complete(self, file_size: int) -> UploadedFile | None:
        self._file.seek(0)
        # The name that the sender's machine gave it is not wanted anywhere.
        return UploadedFile(file=self._file, name="file", content_type="", size=file_size)

    def upload_interrupted(self) -> None:
        if self._file is not None:
            self._file.close()
