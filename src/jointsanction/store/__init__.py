"""The store of lists behind one door (名单库): the only room that knows the database."""

from jointsanction.store.backups import Manifest, verify_backup
from jointsanction.store.batches import Batch, BatchOutcome, Delivery
from jointsanction.store.keeping import backup_store, layouts_of, migrate_store, restore_store
from jointsanction.store.store import Store

__all__ = [
    "Batch",
    "BatchOutcome",
    "Delivery",
    "Manifest",
    "Store",
    "backup_store",
    "layouts_of",
    "migrate_store",
    "restore_store",
    "verify_backup",
]
