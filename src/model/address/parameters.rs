//! Parameters of a query that never address content.

use super::parts::Parts;

/// Parameters that follow a reader from site to site or tell a campaign, by the service that adds
/// them. A name that ends in `*` stands for all that begin so; case does not count.
///
/// The names are on the lists of ClearURLs (`globalRules`) or of Firefox (query parameter stripping),
/// or in the documentation of the service. Names that some sites use for content are
/// left out although ClearURLs has them: `ref`, `source`, `cmpid`, `mc`, `spm`.
const TRACKING: &[(&str, &[&str])] = &[
    ("Google Analytics", &["utm_*", "_ga", "_gl"]),
    (
        "Google Ads",
        &[
            "gclid",
            "gclsrc",
            "dclid",
            "gbraid",
            "wbraid",
            "gad_source",
            "gad_campaignid",
            "srsltid",
        ],
    ),
    ("Facebook", &["fbclid", "fb_action_ids", "fb_action_types", "fb_source", "fb_ref"]),
    ("Instagram", &["igsh", "igshid"]),
    ("X", &["twclid", "ref_src", "ref_url", "__twitter_impression"]),
    ("TikTok", &["ttclid"]),
    ("LinkedIn", &["li_fat_id"]),
    ("Microsoft Advertising", &["msclkid"]),
    ("Yandex", &["yclid", "ysclid", "_openstat"]),
    ("Mailchimp", &["mc_cid", "mc_eid", "mc_tc"]),
    ("HubSpot", &["_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking"]),
    ("Marketo", &["mkt_tok"]),
    ("Vero", &["vero_id", "vero_conv"]),
    ("Omeda Olytics", &["oly_anon_id", "oly_enc_id"]),
    ("Drip", &["__s"]),
    ("MailerLite", &["ml_subscriber", "ml_subscriber_hash"]),
    ("others on the list of Firefox", &["wickedid", "s_cid", "rb_clickid"]),
    ("Matomo", &["mtm_*", "pk_campaign", "pk_keyword", "pk_kwd", "piwik_campaign", "piwik_kwd"]),
    ("Echobox", &["echobox"]),
    ("AMP viewer", &["amp_js_v", "amp_gsa", "usqp"]),
];

/// Parameters that address no content on one site alone, by its canonical host.
///
/// Sources: ClearURLs, the providers of these sites; for the BBC, and for single names of the others,
/// what their own share buttons add.
const TRACKING_ON_SITE: &[(&str, &[&str])] = &[
    ("x.com", &["s", "t", "cn", "src", "cxt"]),
    ("youtube.com", &["si", "feature", "pp", "ab_channel"]),
    ("youtu.be", &["si", "feature"]),
    (
        "facebook.com",
        &[
            "__cft__*",
            "__xts__*",
            "__tn__",
            "_rdc",
            "_rdr",
            "eav",
            "hc_location",
            "hc_ref",
            "mibextid",
            "paipv",
            "rdc",
            "rdid",
            "rdr",
            "ref",
            "refid",
            "refsrc",
            "sfnsn",
            "wtsid",
        ],
    ),
    ("bbc.com", &["at_*", "ns_*", "ocid"]),
    ("bbc.co.uk", &["at_*", "ns_*", "ocid"]),
    ("theguardian.com", &["cmp"]),
    ("nytimes.com", &["smid", "smtyp"]),
    ("reddit.com", &["correlation_id", "ref_campaign", "ref_source", "rdt", "share_id"]),
];

/// Parameters that ask for the AMP form of a page or for the way back from it, and their values.
/// Sources: the AMP plugin of WordPress (`amp`, `noamp`) and Arc XP (`outputType`); `_amp` is known
/// from use at newspapers. With another value the name is content.
const AMP: [(&str, &[&str]); 4] = [
    ("amp", &["", "1", "true"]),
    ("_amp", &["1", "true"]),
    ("outputtype", &["amp"]),
    ("noamp", &["mobile", "available"]),
];

/// Returns true if a name is on a list.
fn is_listed(names: &[&str], name: &str) -> bool {
    names.iter().any(|listed| match listed.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => *listed == name,
    })
}

/// Removes the parameters that address no content. The others keep their order: it is for each
/// server to say what the order of a query means (RFC 3986, section 3.4), and where a name occurs
/// twice it does matter.
pub(super) fn drop_tracking(parts: &mut Parts) {
    let here =
        TRACKING_ON_SITE.iter().find(|(host, _)| *host == parts.host && parts.port.is_none());
    let here = here.map_or(&[][..], |(_, names)| names);
    parts.query.retain(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let (name, value) = (name.to_ascii_lowercase(), value.to_ascii_lowercase());
        let amp = AMP.iter().any(|(amp, values)| *amp == name && values.contains(&value.as_str()));
        let everywhere = TRACKING.iter().any(|(_, names)| is_listed(names, &name));
        !(amp || everywhere || is_listed(here, &name))
    });
}
