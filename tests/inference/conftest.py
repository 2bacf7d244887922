"""Both engines, for every test of rules."""

import pytest


@pytest.fixture(scope="session")
def durable():
    from jointsanction.inference.durable import Durable

    return Durable().run
