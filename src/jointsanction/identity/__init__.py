"""Who a subject is (主体识别): one module per identifier, names, masks, and the keys lists are found by."""
