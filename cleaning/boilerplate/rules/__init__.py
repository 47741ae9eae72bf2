"""The rules, one file each. To add one: ``cleaning rules new CODE NAME``, then ``make rules``."""

from cleaning.boilerplate.rule import Rule
from cleaning.boilerplate.rules.ad001_ad_marker import RULE as AD001
from cleaning.boilerplate.rules.ad002_paid_content_note import RULE as AD002
from cleaning.boilerplate.rules.ad003_purchase_prompt import RULE as AD003
from cleaning.boilerplate.rules.ad004_affiliate_note import RULE as AD004
from cleaning.boilerplate.rules.co001_comment_prompt import RULE as CO001
from cleaning.boilerplate.rules.co002_author_bio import RULE as CO002
from cleaning.boilerplate.rules.co003_comment_thread import RULE as CO003
from cleaning.boilerplate.rules.co004_author_box import RULE as CO004
from cleaning.boilerplate.rules.co005_author_portrait import RULE as CO005
from cleaning.boilerplate.rules.co006_stamped_thread import RULE as CO006
from cleaning.boilerplate.rules.cr001_copyright_line import RULE as CR001
from cleaning.boilerplate.rules.cr002_agency_credit import RULE as CR002
from cleaning.boilerplate.rules.cr003_contributor_credit import RULE as CR003
from cleaning.boilerplate.rules.cr004_origin_note import RULE as CR004
from cleaning.boilerplate.rules.cr005_rights_sentence import RULE as CR005
from cleaning.boilerplate.rules.cr006_agency_tail import RULE as CR006
from cleaning.boilerplate.rules.cr007_contributor_tail import RULE as CR007
from cleaning.boilerplate.rules.cr008_rights_tail import RULE as CR008
from cleaning.boilerplate.rules.lg001_consent_phrase import RULE as LG001
from cleaning.boilerplate.rules.lg002_legal_phrase import RULE as LG002
from cleaning.boilerplate.rules.lg003_views_disclaimer import RULE as LG003
from cleaning.boilerplate.rules.lg004_agreement_note import RULE as LG004
from cleaning.boilerplate.rules.md001_title_line import RULE as MD001
from cleaning.boilerplate.rules.md002_section_label import RULE as MD002
from cleaning.boilerplate.rules.md003_byline import RULE as MD003
from cleaning.boilerplate.rules.md004_timestamp import RULE as MD004
from cleaning.boilerplate.rules.md005_contact_line import RULE as MD005
from cleaning.boilerplate.rules.md006_dateline import RULE as MD006
from cleaning.boilerplate.rules.md007_byline_label import RULE as MD007
from cleaning.boilerplate.rules.md008_post_meta import RULE as MD008
from cleaning.boilerplate.rules.md009_author_name import RULE as MD009
from cleaning.boilerplate.rules.md010_vietnamese_signature import RULE as MD010
from cleaning.boilerplate.rules.me001_photo_caption import RULE as ME001
from cleaning.boilerplate.rules.me002_picture_credit_label import RULE as ME002
from cleaning.boilerplate.rules.me003_player_label import RULE as ME003
from cleaning.boilerplate.rules.me004_markup_remnant import RULE as ME004
from cleaning.boilerplate.rules.me005_player_clock import RULE as ME005
from cleaning.boilerplate.rules.me006_image_name import RULE as ME006
from cleaning.boilerplate.rules.me007_labelled_credit import RULE as ME007
from cleaning.boilerplate.rules.me008_picture_description import RULE as ME008
from cleaning.boilerplate.rules.me009_spoken_label import RULE as ME009
from cleaning.boilerplate.rules.nv001_navigation_label import RULE as NV001
from cleaning.boilerplate.rules.nv002_menu_block import RULE as NV002
from cleaning.boilerplate.rules.nv003_link_bar import RULE as NV003
from cleaning.boilerplate.rules.nv004_hashtag_line import RULE as NV004
from cleaning.boilerplate.rules.nv005_new_window_note import RULE as NV005
from cleaning.boilerplate.rules.rl001_related_block import RULE as RL001
from cleaning.boilerplate.rules.rl002_see_also_line import RULE as RL002
from cleaning.boilerplate.rules.rl003_related_phrase import RULE as RL003
from cleaning.boilerplate.rules.rl004_link_tail import RULE as RL004
from cleaning.boilerplate.rules.rp001_repeated_block import RULE as RP001
from cleaning.boilerplate.rules.sh001_share_phrase import RULE as SH001
from cleaning.boilerplate.rules.sh002_count_line import RULE as SH002
from cleaning.boilerplate.rules.su001_newsletter_phrase import RULE as SU001
from cleaning.boilerplate.rules.su002_app_promo_phrase import RULE as SU002
from cleaning.boilerplate.rules.su003_paywall_phrase import RULE as SU003

RULES: tuple[Rule, ...] = (
    AD001,
    AD002,
    AD003,
    AD004,
    CO001,
    CO002,
    CO003,
    CO004,
    CO005,
    CO006,
    CR001,
    CR002,
    CR003,
    CR004,
    CR005,
    CR006,
    CR007,
    CR008,
    LG001,
    LG002,
    LG003,
    LG004,
    MD001,
    MD002,
    MD003,
    MD004,
    MD005,
    MD006,
    MD007,
    MD008,
    MD009,
    MD010,
    ME001,
    ME002,
    ME003,
    ME004,
    ME005,
    ME006,
    ME007,
    ME008,
    ME009,
    NV001,
    NV002,
    NV003,
    NV004,
    NV005,
    RL001,
    RL002,
    RL003,
    RL004,
    RP001,
    SH001,
    SH002,
    SU001,
    SU002,
    SU003,
)

__all__ = ["RULES"]
