"""What can go wrong with knowledge. Authors can mend most of it, in a form or in a workflow."""

from __future__ import annotations

from headrace_sdk.errors import HeadraceError, UserError


class KnowledgeError(UserError):
    """The base: an answer to a request, and the failure of a step."""

    status = 400


class CollectionNotFound(KnowledgeError):
    """There is no such collection."""

    code = "collection_not_found"
    status = 404

    def __init__(self, name: str = "") -> None:
        named = f"There is no collection {name[:60]!r}." if name else "There is no such collection."
        super().__init__(f"{named} Choose one of the page Knowledge.", field="collection")


class DocumentNotFound(KnowledgeError):
    """There is no such document."""

    code = "document_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("This collection has no such document.")


class ExampleNotFound(KnowledgeError):
    """There is no such example."""

    code = "example_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such example.")


class MemoryNotFound(KnowledgeError):
    """There is no such memory."""

    code = "memory_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such memory. It may have been forgotten.")


class InvalidKnowledge(KnowledgeError):
    """A field of a request does not fit; `path` says which."""

    code = "invalid_knowledge"

    def __init__(self, message: str, path: str, code: str = "") -> None:
        super().__init__(message, code=code or None)
        self.path = path


class NameTaken(KnowledgeError):
    """Names of collections are unique."""

    code = "name_taken"
    status = 409
    path = "/name"

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a collection {name!r} already. Choose another name.")


class LimitReached(KnowledgeError):
    """The tenant, the collection or the document is full."""

    code = "knowledge_limit"
    status = 409


class InvalidFilter(KnowledgeError):
    """A condition that cannot be asked of metadata."""

    code = "invalid_filter"
    path = "/filter"


class UnreadableDocument(KnowledgeError):
    """The file is not what its name or type says."""

    code = "unreadable_document"


class WrongDimension(KnowledgeError):
    """A model gave vectors of another length than the collection keeps."""

    code = "wrong_dimension"

    def __init__(self, wanted: int, given: int) -> None:
        super().__init__(
            f"The model gave vectors with {given} numbers; the collection keeps {wanted}. "
            "Make a collection with the right number."
        )


class LocalModelBroken(HeadraceError):
    """A file of the local model is not the one that it was made for."""

    code = "local_model_broken"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The file {name} of the local embedding model is not the expected one. "
            "Install requirements/runtime.txt anew."
        )
