"""What the mail system sends back is seen on the notice it belongs to."""

from __future__ import annotations

from mailing import EVENT, STAFF, WON, applied, sent_to_all, states

from apps.outbox.bounces import Bounces, failures

REPORT = """From: MAILER-DAEMON@relay.example.jp
To: no-reply@city.example.lg.jp
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example.jp

Final-Recipient: rfc822; taro@example.jp
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: {kind}

Subject: hello
Message-ID: {id}

--b--
"""


async def test_a_report_of_failure_marks_its_notice_once_and_is_put_away(city, post, clock, tmp_path):
    await applied(city, '見本 太郎', 'taro@example.jp')
    await applied(city, '例示 花子', 'hanako@example.jp')
    await sent_to_all(city)
    await city.outbox.sender.send_all()
    own_id = post.taken[0].mail['Message-ID']
    folder = tmp_path / 'bounces'
    folder.mkdir()
    for number, (action, kind) in enumerate([('failed', 'text/rfc822-headers'), ('delayed', 'message/rfc822')]):
        text = REPORT.format(action=action, kind=kind, id=own_id if number == 0 else post.taken[1].mail['Message-ID'])
        (folder / f'{number}.eml').write_text(text, 'utf-8')
    (folder / 'other.eml').write_text('Subject: hello\n\nNot a report.\n', 'utf-8')
    bounces = Bounces(city.store, city.transactions, clock, folder)
    assert await bounces.take() == 1
    assert await bounces.take() == 0
    assert states(city) == ['bounced', 'sent']
    assert city.outbox.standings(EVENT, WON, by=STAFF)[0].notice.why == '5.1.1 smtp; 550 no such user'
    assert sorted(each.name for each in (folder / 'taken').iterdir()) == ['0.eml', '1.eml', 'other.eml']


def test_a_report_may_enclose_the_whole_mail():
    text = REPORT.format(action='failed', kind='message/rfc822', id='<a@b.jp>').encode()
    assert list(failures(text)) == [('5.1.1 smtp; 550 no such user', '<a@b.jp>')]
    assert list(failures(b'no mail at all')) == []
