"""The form with which somebody thanks a partner: private, so that nothing of it is an issue or a record."""

from generator.forms.questions import Question
from generator.forms.site import SCHOOL, Part, SiteForm
from generator.languages import N_

PROMISES = (N_("It names no child"),)
RELATIONS = (
    ("family", N_("A parent or another relative of a student")),
    ("student", N_("A student")),
    ("school-staff", N_("I work at a school")),
    ("district-staff", N_("I work for the district")),
    ("partner", N_("I work or volunteer for a partner")),
    ("neighbor", N_("A neighbor")),
    ("other", N_("Somebody else")),
)
"""What the schema lets people be, in the words of the form."""
NOMINATION_FORM = SiteForm(
    name="nomination",
    record="nomination",
    parts=(
        Part(
            title=N_("Whom you want to thank"),
            questions=(
                Question(
                    label=N_("Which partner do you want to thank?"),
                    path=("organization",),
                    widget="partner",
                    is_required=True,
                    help=N_("Write its name, and choose it if it is shown. If you do not know it, say what it does."),
                ),
                Question(
                    label=N_("At which schools?"),
                    path=("schools",),
                    widget="rows",
                    help=N_("Leave it empty for all schools."),
                    rows=(SCHOOL,),
                ),
            ),
        ),
        Part(
            title=N_("What they did"),
            questions=(
                Question(
                    label=N_("What did they do?"),
                    path=("what",),
                    widget="text",
                    is_required=True,
                    help=N_("Please name no child. Say “a student” or “a family”."),
                ),
                Question(
                    label=N_("What changed for students and families?"),
                    path=("difference",),
                    widget="text",
                    help=N_("Numbers help. Say “a parent” or “a teacher” for people whose words you tell."),
                ),
                Question(label=N_("What keeps this partnership going?"), path=("sustained",), widget="text"),
            ),
        ),
        Part(
            title=N_("About you"),
            help=N_("Only staff see this. You may leave it empty."),
            questions=(
                Question(label=N_("Who are you to the school or the partner?"), path=("relation",), widget="one"),
                Question(label=N_("I work or volunteer for this partner"), path=("affiliated",), widget="yes"),
                Question(label=N_("Your name"), path=("nominator", "name")),
                Question(label=N_("E-mail address"), path=("nominator", "email")),
                Question(label=N_("Phone number"), path=("nominator", "phone")),
                Question(label=N_("Staff may ask me about it"), path=("may_ask",), widget="yes"),
            ),
        ),
    ),
)
