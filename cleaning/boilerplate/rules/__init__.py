"""The rules, one file each. To add one: write the file, add it here, run ``make rules test``."""

from cleaning.boilerplate.rule import Rule
from cleaning.boilerplate.rules.ad001_ad_marker import RULE as AD001
from cleaning.boilerplate.rules.ad002_paid_content_note import RULE as AD002
from cleaning.boilerplate.rules.co001_comment_prompt import RULE as CO001
from cleaning.boilerplate.rules.co002_author_bio import RULE as CO002
from cleaning.boilerplate.rules.cr001_copyright_line import RULE as CR001
from cleaning.boilerplate.rules.cr002_agency_credit import RULE as CR002
from cleaning.boilerplate.rules.cr003_contributor_credit import RULE as CR003
from cleaning.boilerplate.rules.cr004_origin_note import RULE as CR004
from cleaning.boilerplate.rules.cr005_rights_sentence import RULE as CR005
from cleaning.boilerplate.rules.lg001_consent_phrase import RULE as LG001
from cleaning.boilerplate.rules.lg002_legal_phrase import RULE as LG002
from cleaning.boilerplate.rules.md001_title_line import RULE as MD001
from cleaning.boilerplate.rules.md002_section_label import RULE as MD002
from cleaning.boilerplate.rules.md003_byline import RULE as MD003
from cleaning.boilerplate.rules.md004_timestamp import RULE as MD004
from cleaning.boilerplate.rules.md005_contact_line import RULE as MD005
from cleaning.boilerplate.rules.me001_photo_caption import RULE as ME001
from cleaning.boilerplate.rules.me002_picture_credit_label import RULE as ME002
from cleaning.boilerplate.rules.me003_player_label import RULE as ME003
from cleaning.boilerplate.rules.nv001_navigation_label import RULE as NV001
from cleaning.boilerplate.rules.rl001_related_block import RULE as RL001
from cleaning.boilerplate.rules.rl002_see_also_line import RULE as RL002
from cleaning.boilerplate.rules.rl003_related_phrase import RULE as RL003
from cleaning.boilerplate.rules.sh001_share_phrase import RULE as SH001
from cleaning.boilerplate.rules.su001_newsletter_phrase import RULE as SU001
from cleaning.boilerplate.rules.su002_app_promo_phrase import RULE as SU002
from cleaning.boilerplate.rules.su003_paywall_phrase import RULE as SU003

RULES: tuple[Rule, ...] = (
    *(AD001, AD002, CO001, CO002, CR001, CR002, CR003, CR004, CR005, LG001, LG002, MD001, MD002, MD003, MD004, MD005),
    *(ME001, ME002, ME003, NV001, RL001, RL002, RL003, SH001, SU001, SU002, SU003),
)

__all__ = ["RULES"]
