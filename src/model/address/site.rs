//! Rules for single sites that address one page in several ways.

use super::characters::is_digits;
use super::parts::Parts;

/// Paths of t.me that are no user names (Telegram, "Deep links").
const TELEGRAM_WORDS: [&str; 23] = [
    "addemoji",
    "addlist",
    "addstickers",
    "addstyle",
    "addtheme",
    "auction",
    "auth",
    "boost",
    "call",
    "confirmphone",
    "contact",
    "giftcode",
    "invoice",
    "joinchat",
    "login",
    "m",
    "nft",
    "proxy",
    "setlanguage",
    "share",
    "socks",
    "stickers",
    "web",
];

/// Players of YouTube that show no single video ("YouTube Embedded Players and Player Parameters");
/// both words are as long as the identifier of a video.
const YOUTUBE_PLAYERS: [&str; 2] = ["videoseries", "live_stream"];

/// Returns true for a text of ASCII letters, digits and some signs, not empty.
fn is_word(text: &str, signs: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
}

/// Rewrites an address to the one by which its page is compared, where its site is known here.
pub(super) fn rewrite(parts: &mut Parts) {
    if !parts.is_plain_host() {
        return;
    }
    let held = parts.segments();
    let segments: Vec<&str> = held.iter().map(String::as_str).collect();
    match parts.host.as_str() {
        "x.com" => x(parts, &segments),
        "youtube.com" | "youtu.be" | "music.youtube.com" => youtube(parts, &segments),
        "facebook.com" => facebook(parts, &segments),
        "instagram.com" => instagram(parts, &segments),
        "tiktok.com" => tiktok(parts, &segments),
        "t.me" => telegram(parts, &segments),
        host => {
            let name = host.strip_suffix(".t.me").unwrap_or_default().to_owned();
            if is_telegram_name(&name) && !TELEGRAM_WORDS.contains(&name.as_str()) {
                "t.me".clone_into(&mut parts.host);
                let path: Vec<&str> = std::iter::once(name.as_str()).chain(segments).collect();
                parts.path = format!("/{}", path.join("/"));
                telegram(parts, &path);
            }
        }
    }
}

/// Gives an address the path and the query by which it is compared, and nothing else.
fn replace(parts: &mut Parts, host: &str, path: String, query: Vec<String>) {
    *parts = Parts { host: host.to_owned(), path, query, ..Parts::default() };
}

/// X: the number identifies a post, and the site forwards from any user before it to the author.
/// `/photo/1` is the same post with one picture enlarged. User names have no case. Early addresses
/// have the path behind a hashbang. Known from use.
fn x(parts: &mut Parts, segments: &[&str]) {
    let hashbang = parts.fragment.as_deref().and_then(|route| route.strip_prefix("!/"));
    let hashbang = hashbang.filter(|_| segments.is_empty()).map(str::to_owned);
    let behind: Vec<&str> =
        hashbang.iter().flat_map(|path| path.split('/')).filter(|part| !part.is_empty()).collect();
    let segments = if behind.is_empty() { segments } else { behind.as_slice() };
    let post = match segments {
        ["i", "web", "status", id, media @ ..]
        | [_, "status" | "statuses", id, media @ ..]
        | ["statuses", id, media @ ..] => Some((id, media)),
        _ => None,
    };
    match (post, segments) {
        (Some((id, [] | ["photo" | "video", _])), _) if is_digits(id) => {
            replace(parts, "x.com", format!("/i/status/{id}"), Vec::new());
        }
        (None, [name]) if name.len() <= 15 && is_word(name, "_") => {
            parts.path = format!("/{}", name.to_ascii_lowercase());
            parts.fragment = parts.fragment.take().filter(|_| behind.is_empty());
        }
        _ => {}
    }
}

/// YouTube: the identifier of 11 characters is the video, in the page, the player, as a short or a
/// live stream, and behind the short host ("YouTube Embedded Players and Player Parameters" for the
/// player; the others are known from use). All other parameters choose a moment, a list around it or
/// a player.
fn youtube(parts: &mut Parts, segments: &[&str]) {
    let named = parts.parameter("v").map(str::to_owned);
    let id = match (parts.host.as_str(), segments) {
        ("youtu.be", [id]) => Some(*id),
        ("youtube.com" | "music.youtube.com", ["watch"]) => named.as_deref(),
        ("youtube.com", ["shorts" | "live" | "embed" | "v" | "e" | "watch", id]) => Some(*id),
        _ => None,
    };
    let valid = |id: &&str| id.len() == 11 && is_word(id, "-_") && !YOUTUBE_PLAYERS.contains(id);
    if let Some(id) = id.filter(valid) {
        let query = vec![format!("v={id}")];
        replace(parts, "youtube.com", "/watch".to_owned(), query);
    }
}

/// Returns true for a user name of Telegram (Telegram, "Deep links").
fn is_telegram_name(name: &str) -> bool {
    let letter = name.starts_with(|c: char| c.is_ascii_alphabetic());
    letter && (4..=32).contains(&name.len()) && is_word(name, "_")
}

/// Telegram: `/s/` shows a channel in the browser, and user names have no case. A post may be shown
/// alone or embedded (`single`, `embed`), or from a moment on (`t`); a `comment` is another text
/// (Telegram, "Deep links", "Message links"). Fragments are ignored there.
fn telegram(parts: &mut Parts, segments: &[&str]) {
    let bare = match segments {
        ["s", rest @ ..] => rest,
        all => all,
    };
    let numbers = |rest: &[&str]| rest.len() <= 2 && rest.iter().all(|n| is_digits(n));
    let is_post = match bare {
        ["c", chat, post @ ..] if is_digits(chat) && numbers(post) => !post.is_empty(),
        [name, post @ ..] if is_telegram_name(name) && numbers(post) => !post.is_empty(),
        _ => return,
    };
    parts.fragment = None;
    if is_post {
        parts.query.retain(|one| ["comment=", "thread="].iter().any(|kept| one.starts_with(kept)));
    }
    // The names of private chats are numbers, so that the case of the rest does not matter.
    parts.path = format!("/{}", bare.join("/").to_ascii_lowercase());
}

/// Facebook: a video, a photo and a post are told by their numbers, in the pages for phones
/// (`story.php`) and in those for computers (`permalink.php`). Known from use.
fn facebook(parts: &mut Parts, segments: &[&str]) {
    let number = |name: &str| parts.parameter(name).filter(|id| is_digits(id));
    let found = match segments {
        ["watch" | "video.php"] | ["watch", "live"] => {
            number("v").map(|id| ("/watch", vec![format!("v={id}")]))
        }
        [_, "videos", id] | [_, "videos", _, id] if is_digits(id) => {
            Some(("/watch", vec![format!("v={id}")]))
        }
        ["photo" | "photo.php"] => number("fbid").map(|id| ("/photo", vec![format!("fbid={id}")])),
        ["story.php" | "permalink.php"] => {
            let post = parts.parameter("story_fbid").filter(|id| is_word(id, ""));
            post.zip(number("id")).map(|(post, user)| {
                ("/permalink.php", vec![format!("story_fbid={post}"), format!("id={user}")])
            })
        }
        _ => None,
    };
    if let Some((path, query)) = found {
        replace(parts, "facebook.com", path.to_owned(), query);
    }
}

/// Instagram: a post, reel or video is told by its code, with the name of its user before it or
/// not. The query chooses a picture of it or tells who shared it. Known from use.
fn instagram(parts: &mut Parts, segments: &[&str]) {
    let code = match segments {
        ["p" | "reel" | "tv", code] | [_, "p" | "reel" | "tv", code] => Some(*code),
        // "/reels/audio" and the like are no posts.
        ["reels", code] if code.len() > 8 => Some(*code),
        _ => None,
    };
    if let Some(code) = code.filter(|code| is_word(code, "-_")) {
        replace(parts, "instagram.com", format!("/p/{code}"), Vec::new());
    }
}

/// TikTok: the query of a video tells who shared it and with what program; known from
/// use.
fn tiktok(parts: &mut Parts, segments: &[&str]) {
    if let [user, "video" | "photo", id] = segments
        && user.starts_with('@')
        && is_digits(id)
    {
        parts.query.clear();
    }
}
