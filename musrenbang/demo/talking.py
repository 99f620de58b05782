"""What stands between the meetings: a question that waits, one that was answered, a first post, a report, an appeal, and news."""

import uuid
from datetime import datetime, timedelta

from accounts import clock
from accounts.models import User
from accounts.roles import Role
from deliberation import services as talk
from deliberation.follows import services as follows
from deliberation.models import Comment
from deliberation.moderation.appealing import appeal
from deliberation.moderation.reporting import report_comment
from deliberation.notices import inbox, spreading
from musrenbang.demo import people
from musrenbang.demo.cast import Cast
from proposals.models import Cycle, Proposal
from proposals.stages import Stage

_ASKED = "Apakah perbaikan ini termasuk saluran airnya, atau hanya badan jalannya?"
_ANSWERED = "Termasuk saluran air di sisi timur sepanjang 120 meter. Gambar rencananya ada di kantor kami dan boleh dilihat siapa saja."
_WAITS = "Kapan petugas datang mengukur? Kepala dusun siap mendampingi."
_FIRST = "Saya baru pindah ke dusun ini. Betul, setiap hujan kendaraan harus memutar."
_ADVERT = "Jual pasir dan batu murah, kirim hari ini juga, tanya saja ke depot kami di simpang tiga."
_RUDE = "Usulan ini cuma akal-akalan orang dusun sebelah supaya dapat proyek."
_HIDDEN = "Menuduh orang tanpa dasar. Tulis keberatan tentang isinya."
_APPEAL = "Saya menyesal soal nadanya, tetapi pertanyaannya sah: mengapa dusun sebelah didahulukan?"


def tell(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """People of the village that can be played, in the last days; followers hear of it at once."""
    proposals = list(Proposal.objects.filter(cycle=cycle, village=people.VILLAGE).exclude(stage=Stage.DRAFT).order_by("number"))
    citizen, neighbours = cast.parts["warga"], cast.neighbours[people.VILLAGE]
    with clock.telling(at):
        for proposal in proposals[:3]:
            follows.follow(actor=citizen, proposal_id=proposal.pk)
        follows.follow(actor=citizen, region_code=people.VILLAGE)
        follows.follow(actor=citizen, region_code=people.SUBDISTRICT, sector="road")
    _questions(proposals, cast, citizen, at + timedelta(hours=1))
    _moderation(proposals[0], neighbours, at + timedelta(days=3))
    with clock.telling(at + timedelta(days=4)):
        spreading.spread_all()
    _read_some(citizen, at + timedelta(days=4, hours=1))


def _questions(proposals: list[Proposal], cast: Cast, citizen: User, at: datetime) -> None:
    """At every stage somebody asks; every second question has its answer."""
    for place, proposal in enumerate(proposals):
        with clock.telling(at + timedelta(hours=3 * place)):
            question = _say(proposal, citizen, _WAITS if place % 2 else _ASKED, "question")
        if place % 2 == 0:
            with clock.telling(at + timedelta(days=2, hours=5 * place)):
                _say(proposal, cast.decider(Stage(proposal.stage), proposal), _ANSWERED, "support", question)


def _moderation(proposal: Proposal, neighbours: list[User], at: datetime) -> None:
    """Something for each list of the moderator's desk."""
    newcomer = User.objects.get(username=people.NEWCOMER.username)
    with clock.telling(at):
        _say(proposal, newcomer, _FIRST, "support")
        advert, rude = _say(proposal, neighbours[3], _ADVERT, "support"), _say(proposal, neighbours[4], _RUDE, "criticism")
    with clock.telling(at + timedelta(hours=2)):
        report_comment(comment_id=advert.pk, actor=neighbours[5], reason="advert")
        report_comment(comment_id=advert.pk, actor=neighbours[6], reason="elsewhere")
    colleague = people.person("moderator-2", "Laila Fitri", usable=False)
    people.give(colleague, Role.MODERATOR, people.DISTRICT, at.date())
    with clock.telling(at + timedelta(hours=5)):
        talk.hide_comment(comment_id=rude.pk, actor=colleague, reason=_HIDDEN)
    with clock.telling(at + timedelta(hours=9)):
        appeal(comment_id=rude.pk, actor=neighbours[4], words=_APPEAL)


def _say(proposal: Proposal, who: User, body: str, stance: str, parent: Comment | None = None) -> Comment:
    said, _new = talk.comment(
        comment_id=uuid.uuid4(), proposal_id=proposal.pk, actor=who, body=body, stance=stance, parent_id=parent.pk if parent else None
    )
    return said


def _read_some(citizen: User, at: datetime) -> None:
    """All but the newest few are read."""
    with clock.telling(at):
        for notice in inbox.inbox(citizen)[3:]:
            inbox.open_notice(actor=citizen, notice_id=notice.pk)
