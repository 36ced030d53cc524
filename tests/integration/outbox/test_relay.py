"""Messages leave with their transaction, and arrive at least once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from headrace.outbox import actions
from headrace.outbox.actions import MAX_ATTEMPTS, emit, relay_batch, subscribe
from headrace.outbox.models import DeadLetter, Message
from headrace.outbox.types import Delivery
from headrace.tenants.actions import suspend_tenant
from headrace.tenants.context import TenantRef, current_or_none, public, tenant


@pytest.fixture
def received() -> Iterator[list[tuple[Delivery, TenantRef | None]]]:
    """What the receiver of `test.topic` got, and for whom."""
    got: list[tuple[Delivery, TenantRef | None]] = []

    def receive(delivery: Delivery) -> None:
        if delivery.payload.get("fails"):
            raise RuntimeError("cannot")
        got.append((delivery, current_or_none()))

    subscribe("test.topic", receive)
    yield got
    actions._receivers.pop("test.topic")


def make_everything_due() -> None:
    with public():
        Message.objects.update(due_at=Now())


def test_a_message_arrives_for_the_tenant_that_sent_it(received: list, in_alpha: TenantRef) -> None:
    """The tenant at work is the sender's."""
    message_id = emit("test.topic", {"n": 1})

    handled = relay_batch()

    assert handled == 1
    assert received == [(Delivery(message_id, "test.topic", {"n": 1}), in_alpha)]
    assert not Message.objects.exists()


def test_a_message_of_nobody_arrives_without_a_tenant(received: list, db: None) -> None:
    """Facts about the installation itself."""
    with public():
        emit("test.topic", {})

    relay_batch()

    assert received[0][1] is None


def test_a_rolled_back_transaction_sends_nothing(received: list, in_alpha: TenantRef) -> None:
    """Same transaction: both or neither."""
    with transaction.atomic():
        emit("test.topic", {})
        transaction.set_rollback(True)

    assert relay_batch() == 0


def test_a_failed_delivery_is_tried_again_later(received: list, in_alpha: TenantRef) -> None:
    """At least once, with pauses."""
    emit("test.topic", {"fails": True})

    first, second = relay_batch(), relay_batch()
    message = Message.objects.get()

    assert (first, second) == (1, 0)
    assert message.attempts == 1


def test_a_failure_does_not_stop_the_others(received: list, in_alpha: TenantRef) -> None:
    """Each message has a transaction of its own."""
    emit("test.topic", {"fails": True})
    emit("test.topic", {"n": 2})

    relay_batch()

    assert [delivery.payload for delivery, _ in received] == [{"n": 2}]


def test_what_never_arrives_becomes_a_dead_letter(received: list, in_alpha: TenantRef) -> None:
    """R-023."""
    emit("test.topic", {"fails": True})
    for _ in range(MAX_ATTEMPTS):
        make_everything_due()
        relay_batch()

    letter = DeadLetter.objects.get()

    assert (letter.name, letter.reason, letter.tenant_id) == ("test.topic", "cannot", in_alpha.id)
    assert not Message.objects.exists()


@pytest.mark.parametrize("topic", ["nobody.listens", "test.topic"])
def test_a_message_without_receiver_or_tenant_waits(
    received: list, in_alpha: TenantRef, topic: str
) -> None:
    """R-023: a topic of newer code, or a tenant that was suspended."""
    emit(topic, {})
    if topic == "test.topic":
        suspend_tenant(in_alpha)

    relay_batch()

    assert Message.objects.get().attempts == 1
    assert received == []


def test_two_relays_never_deliver_the_same_message_at_once(
    committed: None, alpha: TenantRef, received: list
) -> None:
    """Several schedulers may run (R-036)."""
    with tenant(alpha):
        for number in range(40):
            emit("test.topic", {"n": number})
    together = Barrier(4)

    def relay(_: int) -> int:
        together.wait()
        try:
            return sum(relay_batch(5) for _ in range(8))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(relay, range(4)))

    assert sum(counts) == 40
    assert sorted(delivery.payload["n"] for delivery, _ in received) == list(range(40))


def test_a_topic_has_one_receiver(received: list) -> None:
    """A bug in the wiring shows at the start."""
    with pytest.raises(ValueError, match=r"test\.topic"):
        subscribe("test.topic", lambda delivery: None)
