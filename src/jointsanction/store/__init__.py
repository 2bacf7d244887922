"""The store of lists behind one door (名单库): the only room that knows the database."""

from jointsanction.store.batches import Batch, BatchOutcome, Delivery
from jointsanction.store.store import Store

__all__ = ["Batch", "BatchOutcome", "Delivery", "Store"]
