//! Addresses of two pages, one pair in a line, and texts that are no address. A line that begins
//! with `//` is a comment.

pub(super) const DIFFERENT: &str = r"
https://example.com/a https://example.org/a
https://example.com/a https://example.com/A
https://example.com/a https://example.com/a/b
https://example.com/a https://news.example.com/a
https://example.com/a http://example.com:8080/a
https://example.com/a https://user@example.com/a
https://user:a@example.com/a https://user:b@example.com/a
https://example.com/ https://example.com/index.html
https://example.com/a?id=1 https://example.com/a?id=2
https://example.com/a?id=1 https://example.com/a
https://example.com/a?id=1&id=2 https://example.com/a?id=2&id=1
https://example.com/a?q=b+c https://example.com/a?q=b%2Bc
https://example.com/a?ref=1 https://example.com/a?ref=2
https://example.com/a?s=1 https://example.com/a?s=2
https://example.com/a?t=1 https://example.com/a?t=2
https://example.com/a?si=1 https://example.com/a?si=2
https://example.com/a?CMP=1 https://example.com/a?CMP=2
https://example.com/a?utm=1 https://example.com/a?utm=2
https://example.com/a?amp=10 https://example.com/a?amp=20
https://example.com/a?outputType=xml https://example.com/a
https://example.com/a%2Fb https://example.com/a/b
https://example.com/a%3Fb https://example.com/a?b
https://example.com/?a%26b https://example.com/?a&b
https://example.com/%E9 https://example.com/%C3%A9
https://example.com/#/a https://example.com/#/b
https://example.com/#!a https://example.com/
https://m.com/ https://com/
https://www.com/ https://m.com/
https://m.co.uk/a https://mobile.co.uk/a
https://www.co.uk/a https://m.co.uk/a
https://m.github.io/a https://github.io/a
https://mobile.github.io/a https://m.github.io/a
https://mobile.de/a https://m.de/a
https://m.me/a https://mobile.me/a
https://www2.example.com/a https://example.com/a
http://1.2.3.4/a http://1.2.3.5/a
http://hdl:2027/AbC https://hdl.handle.net/2027/AbC
// AMP.
https://example.com/guitars/amp https://example.com/guitars
https://github.com/some-long-name/amp https://github.com/some-long-name
https://example.com/amp https://example.com/
https://example.com/amp/a https://example.com/a
https://www.google.com/amp/help https://help/
https://x-com.cdn.ampproject.org/i/s/x.com/a https://x.com/a
https://example.com/two-words/amp https://example.com/two-words
https://example.com/1234/amp https://example.com/1234
// Archives.
https://web.archive.org/2021/example.com/a https://example.com/a
https://web.archive.org/web/example.com/a https://example.com/a
https://web.archive.org/web/2021Xf_/https://example.com/a https://example.com/a
https://web.archive.org/web/2021i1_/https://example.com/a https://example.com/a
https://web.archive.org/web/2021/mailto:a.b:c@example.com https://example.com
https://archive.ph/example.com https://example.com
https://archive.ph/20210629101010x/https://example.com/a https://example.com/a
https://archive.ph/o/Ab-Cd/https://example.com/a https://example.com/a
https://wayback.archive-it.org/foo/2021/https://example.com/a https://example.com/a
https://web.archive.org/123/2021/https://example.com/a https://example.com/a
https://xcdn.ampproject.org/c/s/example.com/a https://example.com/a
https://www.google.com/maps?q=cache:example.com/a https://example.com/a
https://example.org/search?q=cache:example.com/a https://example.com/a
https://archive.ph/AbCdE https://archive.ph/abcde
https://archive.ph/AbCdE https://archive.ph/AbCdF
https://web.archive.org/web/2021*/example.com/a https://example.com/a
https://web.archive.org/web/*/example.com/a https://example.com/a
https://web.archive.org/web/2021*/example.com https://web.archive.org/web/2020*/example.com
https://archive.org/details/a https://archive.org/details/b
https://archive.org/details/example.com https://example.com/
https://web.archive.org/web/changes/https://example.com/a https://example.com/a
https://web.archive.org/web/2021/ftp://example.com/a https://example.com/a
https://archive.ph/https://example.com/* https://example.com/*
https://perma.cc/AB12-CD34 https://perma.cc/AB12-CD35
https://example.com/web/2021/https://example.org/a https://example.org/a
https://web.archive.org:8080/web/2021/https://example.com/a https://example.com/a
https://example-com.translate.goog/a https://example.com/a
// Redirectors and searches.
https://google.co.example/url?q=https://example.com/a https://example.com/a
https://google.news.de/url?q=https://example.com/a https://example.com/a
https://www.google.com/url?q=bridge https://bridge/
https://www.google.com/search?q=a https://www.google.com/search?q=b
https://google.example/url?q=https://example.com/a https://example.com/a
https://l.facebook.com/l.php?u=/home https://l.facebook.com/l.php?u=/help
https://example.com/l.php?u=https://example.org/ https://example.org/
// Social media.
https://u@x.com/a/status/1 https://x.com/b/status/1
https://x.com/a/status/1x https://x.com/b/status/1x
https://x.com/a.b https://x.com/A.b
https://x.com/abcdefghijklmnop https://x.com/Abcdefghijklmnop
https://youtu.be/dQw4w9WgX.Q https://youtube.com/watch?v=dQw4w9WgX.Q
https://t.me/ABC/1 https://t.me/abc/1
https://t.me/1ABCD https://t.me/1abcd
https://t.me/AB-cd https://t.me/ab-cd
https://t.me/c/ABC/1 https://t.me/c/abc/1
https://t.me/c/123/4?single https://t.me/c/123
https://t.me/c/123?a=1 https://t.me/c/123?a=2
https://t.me/SomeGroup/1/2/3 https://t.me/somegroup/1/2/3
https://x.com/reporter/status/1 https://x.com/reporter/status/2
https://x.com/reporter/status/1 https://x.com/reporter
https://x.com/reporter/status/1 https://x.com/reporter/status/1/quotes
https://x.com/search?q=a https://x.com/search?q=b
https://x.com:8443/a/status/1 https://x.com/b/status/1
https://x.com.example.org/a/status/1 https://x.com.example.org/b/status/1
https://www.youtube.com/watch?v=dQw4w9WgXcQ https://www.youtube.com/watch?v=dQw4w9WgXcq
https://www.youtube.com/channel/UCabc https://www.youtube.com/channel/UCabd
https://www.youtube.com/channel/dQw4w9WgXcQ https://www.youtube.com/watch?v=dQw4w9WgXcQ
https://www.youtube.com/@dQw4w9WgXcQ https://youtu.be/dQw4w9WgXcQ
https://www.youtube.com/embed/videoseries?list=PL1 https://www.youtube.com/embed/videoseries?list=PL2
https://www.youtube.com/embed/live_stream?channel=A https://www.youtube.com/embed/live_stream?channel=B
https://youtube.example/watch?v=dQw4w9WgXcQ https://youtu.be/dQw4w9WgXcQ
https://t.me/channel/1 https://t.me/channel/2
https://t.me/channel/1 https://t.me/channel
https://t.me/channel/1 https://t.me/channel/1?comment=2
https://t.me/joinchat/AAAAb https://t.me/joinchat/AAAAB
https://t.me/+AbC https://t.me/+Abc
https://t.me/c/123/4 https://t.me/c/123/5
https://t.me/s/channel?before=9 https://t.me/s/channel?before=8
https://share.t.me/1 https://t.me/share/1
https://facebook.com/watch?v=1 https://facebook.com/watch?v=2
https://m.facebook.com/story.php?story_fbid=1&id=3 https://m.facebook.com/story.php?story_fbid=2&id=3
https://facebook.com/permalink.php?story_fbid=1&id=3 https://facebook.com/permalink.php?story_fbid=1&id=4
https://facebook.com/photo.php?fbid=1 https://facebook.com/photo.php?fbid=2
https://facebook.com/profile.php?id=1 https://facebook.com/profile.php?id=2
https://www.instagram.com/p/CQabc/ https://www.instagram.com/p/CQabd/
https://www.instagram.com/p/CQabc/ https://www.instagram.com/CQabc/
https://www.instagram.com/reels/audio/ https://www.instagram.com/p/audio/
// Resolvers.
https://doi.org/10.1000/a https://doi.org/10.1000/b
https://doi.org/10.1000/a%252Fb https://doi.org/10.1000/a/b
https://doi.org/abcd https://doi.org/abce
https://arxiv.org/abs/2101.00001 https://arxiv.org/abs/2101.00001v1
https://arxiv.org/abs/2101.00001 https://arxiv.org/abs/2101.00002
https://arxiv.org/list/cs/new https://arxiv.org/list/math/new
https://hdl.handle.net/2027/abc https://hdl.handle.net/2027/ABC
https://hdl.handle.net/2027/abc?urlappend=%3Bseq=5 https://hdl.handle.net/2027/abc
";

/// Texts that are no single web address.
pub(super) const NONE: &[&str] = &[
    "",
    " ",
    "N/A",
    "link",
    "-",
    "http://",
    "https:///",
    "https:///example.com",
    "http:example.com",
    "example.com",
    "www.example.com/a",
    "//example.com/a",
    "https://example.com/a b",
    "https://example.com/a\tb",
    "https://example.com/a https://example.org/b",
    "https://example.com/a\nhttps://example.org/b",
    "https://example.com/a;https://example.org/b",
    "https://example.com/a,http://example.org/b",
    "https://example.com;https://example.org/b",
    "https://example.com|https://example.org/b",
    "https://example.comhttps://example.org/b",
    "https://example.com/a,https:/\\example.org",
    "https://example.com/a?b=1,htt%70s://example.org",
    "https://https://example.com/a",
    "see https://example.com/a",
    "javascript:alert(1)",
    "mailto:a@example.com",
    "ftp://example.com/a",
    "file:///a",
    "tel:+441234",
    "doi:10.1000/a",
    "https://./a",
    "https://example..com/a",
    "https://example.com../a",
    "https://exa mple.com",
    "https://[::1/a",
    "https://example.com:99999/a",
];
