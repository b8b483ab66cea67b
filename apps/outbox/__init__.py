"""The outbox: what is sent to people, one notice per record, event and person, and how far each of them came.

What other parts use (everything else is the outbox's own):

- `context.outbox` is an `Outbox` (apps/outbox/box.py).
- `Outbox.preview(app, event, by=)`: what would be sent now, to whom, and who has no address. Nothing is kept yet.
- `await Outbox.send(preview, by=)`: queue exactly what was previewed; records that changed since are left out and told.
- `queue_in(tx, definition, text, record_id, values, moment=, occasion=)` (apps/outbox/queueing.py): queue one notice
  inside the caller's own transaction (an offer of a place, made together with the notice of it). The second one for the
  same record, event and occasion is not put and gives False. `occasion` tells two offers to one record apart.
- `await Outbox.take_back(app, event, by=)`: what still waits is not sent after all.
- `await Outbox.letters(app, event, by=, records=)` and `Outbox.merge_file(...)`: freeze what goes on paper, as a batch
  that can be opened again. A record that got its notice in one way does not get it in another.
- `Outbox.standings(app, event, by=)`: every record that the event concerns, with the state of its notice.
- `await Outbox.bounced(id, why, by=)`, `send_again(id, by=)`, `was_sent(id, by=)`: what people decide by hand.

`event` is the name of a text under `notices:` of the definition. Texts with `send: at_once` are queued by the save
itself (apps/notifications/announce.py). The sender (apps/outbox/sender.py) is the only one that talks to the mail
server.
"""
