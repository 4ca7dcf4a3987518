"""The words of residual risk (3.0)."""

from django.db.models import TextChoices

from tryggmote.risk.vocabulary import Answer, NotHeard


class Heard(TextChoices):
    """What a safety representative says of a draft, or why none did: the words of risk assessments."""

    AGREE = Answer.AGREE.value, Answer.AGREE.label
    REMARK = Answer.REMARK.value, Answer.REMARK.label
    DISAGREE = Answer.DISAGREE.value, Answer.DISAGREE.label
    DECLINED = NotHeard.DECLINED.value, NotHeard.DECLINED.label
    NOT_REACHED = NotHeard.NOT_REACHED.value, NotHeard.NOT_REACHED.label
    NOBODY = NotHeard.NOBODY.value, NotHeard.NOBODY.label


OWN_ANSWERS = tuple(answer.value for answer in Answer)
"""What only the safety representative can say; the rest a leader records."""
