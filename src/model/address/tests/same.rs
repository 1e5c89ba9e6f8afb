//! Addresses of one page: groups of lines, with an empty line between them. A line that begins with
//! `//` is a comment.

pub(super) const SAME: &str = r"
// Scheme, host, port.
https://example.com/a
http://example.com/a
HTTPS://EXAMPLE.com/a
https://www.example.com/a
https://m.example.com/a
https://mobile.example.com/a
https://amp.example.com/a
https://www.m.example.com/a
https://example.com./a
https://example.com:443/a
http://example.com:80/a
https://example.com:/a
https://example.com/a/
https://example.com/a?
https://example.com/a#
https://example.com/a#part-2
https://example.com/a#:~:text=closed
https://example.com/./b/../a
https://example.com/%61
https://@example.com/a

https://example.de/a
https://m.example.de/a

https://go.com/a
https://m.go.com/a

https://www.gov.uk/guidance/x
https://gov.uk/guidance/x

https://bücher.example/ü
https://xn--bcher-kva.example/%C3%BC
http://BÜCHER.example/%c3%bc

https://пример.рф/путь
https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C

https://example.com/%7euser
https://example.com/~user
https://example.com/%7Euser

https://example.com/100%
https://example.com/100%25

https://example.com/a(b)
https://example.com/a%28b%29

https://example.com/?f[]=1&g=a|b
https://example.com/?f%5B%5D=1&g=a%7Cb

https://example.com/%2fa
https://example.com/%2Fa

http://[::1]/a
https://[0:0:0:0:0:0:0:1]/a

http://localhost/a
https://localhost./a

// Tracking.
https://example.com/a?id=1
https://example.com/a?id=1&utm_source=x&utm_medium=y
https://example.com/a?fbclid=Iw&id=1
https://example.com/a?UTM_Source=x&id=1&gclid=2&
https://example.com/a/?id=1&mc_cid=a&mc_eid=b&_ga=1.2&_gl=x&ref_src=twsrc%5Etfw
https://example.com/a?id=1&igshid=1&igsh=2&yclid=3&msclkid=4&dclid=5&ref_url=z

https://www.nytimes.com/2021/a.html
https://www.nytimes.com/2021/a.html?smid=tw-share

https://www.theguardian.com/world/a
https://amp.theguardian.com/world/a?CMP=share_btn_tw

// Fragments that address content.
https://example.com/#!/a
http://www.example.com#!/a

https://example.com/app/#/a
https://example.com/app#/a

https://example.com/#!
https://example.com/
https://example.com/#/
http://example.com

// AMP.
https://example.com/2021/06/the-bridge-is-closed
https://example.com/2021/06/the-bridge-is-closed/amp/
https://example.com/2021/06/the-bridge-is-closed/amp
https://example.com/amp/2021/06/the-bridge-is-closed
https://example.com/2021/06/the-bridge-is-closed?amp
https://example.com/2021/06/the-bridge-is-closed?amp=1
https://example.com/2021/06/the-bridge-is-closed?outputType=amp
https://www.google.com/amp/s/www.example.com/2021/06/the-bridge-is-closed/amp/
https://www.google.co.uk/amp/s/amp.example.com/2021/06/the-bridge-is-closed
https://google.de/amp/example.com/2021/06/the-bridge-is-closed
https://www-example-com.cdn.ampproject.org/c/s/www.example.com/2021/06/the-bridge-is-closed/amp
https://www-example-com.cdn.ampproject.org/v/s/www.example.com/2021/06/the-bridge-is-closed?amp_js_v=a6&usqp=mq331
https://cdn.ampproject.org/c/example.com/2021/06/the-bridge-is-closed

https://example.com/a?id=7
https://www.google.com/amp/s/example.com/a%3fid=7
https://www.google.com/amp/s/example.com/a%3Fid%3D7%26amp%3D1

https://example.com/12345/amp
https://example.com/12345

https://example.com/a.html/amp
https://example.com/a.html

// Archives.
https://example.com/a%2Fb
https://web.archive.org/web/2021/https://example.com/a%2Fb

https://example.com/a?id=1
https://web.archive.org/web/20210629000000/https://example.com/a?id=1
http://web.archive.org/web/20210629000000if_/http://www.example.com/a?id=1#top
https://web.archive.org/web/2021id_/example.com/a?id=1
https://web.archive.org/web/20210629/https%3A%2F%2Fexample.com%2Fa%3Fid%3D1
https://web.archive.org/web/20210629000000/http:/example.com/a?id=1
https://web.archive.org/web/https://example.com/a?id=1
https://web.archive.org/20210629000000/https://example.com/a?id=1
http://archive.org/web/20210629000000/http://example.com:80/a?id=1
https://wayback.archive-it.org/1234/20210629000000/https://example.com/a?id=1
https://webarchive.nationalarchives.gov.uk/ukgwa/20210629000000/https://example.com/a?id=1
https://archive.ph/2021.06.29-101010/https://example.com/a?id=1
https://archive.is/20210629101010/http://example.com/a?id=1
https://archive.today/o/AbCdE/https://example.com/a?id=1
https://archive.ph/https://example.com/a?id=1
https://archive.fo/newest/https://example.com/a?id=1
https://archive.ph/2024/https://example.com/a?id=1
https://12ft.io/https://example.com/a?id=1
https://12ft.io/proxy?q=https%3A%2F%2Fexample.com%2Fa%3Fid%3D1
https://archive.ph/2021.06.29-101010/https://web.archive.org/web/2021/https://example.com/a?id=1
https://webcache.googleusercontent.com/search?q=cache:AbC-dEf_1:https://example.com/a%3Fid%3D1+bridge&cd=1&hl=en
http://webcache.googleusercontent.com/search?q=cache:example.com/a%3Fid%3D1

https://archive.ph/AbCdE
http://archive.today/AbCdE
https://archive.is/AbCdE#selection-1.0-2.3
https://archive.li/AbCdE
https://archive.md/AbCdE
https://archive.vn/AbCdE
https://archive.fo/AbCdE

http://example.com:8080/a
https://webcache.googleusercontent.com/search?q=cache:example.com:8080/a

// Redirectors.
https://example.com/a?id=1
https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa%3Fid%3D1%26fbclid%3Dx&h=AT0
https://www.google.com/url?q=https://example.com/a%3Fid%3D1&sa=D
https://www.google.com/url?sa=t&source=web&url=https%3A%2F%2Fexample.com%2Fa%3Fid%3D1&ved=2
https://www.google.com/url?q=bridge&url=https%3A%2F%2Fexample.com%2Fa%3Fid%3D1
https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Fexample.com%2Fa%3Fid%3D1
https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.com%2Fa%3Fid%3D1&data=x
https://web.archive.org/web/2021/https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa%3Fid%3D1

// X.
https://x.com/reporter/status/1409876543210
https://twitter.com/reporter/status/1409876543210?s=20&t=abc
https://mobile.twitter.com/Reporter/status/1409876543210
https://twitter.com/somebody_else/status/1409876543210
https://twitter.com/reporter/statuses/1409876543210
https://twitter.com/statuses/1409876543210
https://twitter.com/i/web/status/1409876543210
https://twitter.com/i/status/1409876543210
https://twitter.com/reporter/status/1409876543210/photo/1
https://x.com/reporter/status/1409876543210/video/1?lang=en
https://twitter.com/#!/reporter/status/1409876543210
https://web.archive.org/web/20210629000000/https://twitter.com/reporter/status/1409876543210

https://x.com/Reporter
https://twitter.com/reporter/
https://twitter.com/#!/reporter
https://twitter.com/reporter?ref_src=x&s=20

// YouTube.
https://www.youtube.com/watch?v=dQw4w9WgXcQ
https://youtu.be/dQw4w9WgXcQ
https://youtu.be/dQw4w9WgXcQ?si=abc&t=42
https://m.youtube.com/watch?feature=share&v=dQw4w9WgXcQ&t=42s
https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL123&index=4
https://www.youtube.com/shorts/dQw4w9WgXcQ
https://www.youtube.com/live/dQw4w9WgXcQ?si=x
https://www.youtube.com/embed/dQw4w9WgXcQ?start=3
https://www.youtube.com/v/dQw4w9WgXcQ
https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ
https://music.youtube.com/watch?v=dQw4w9WgXcQ

https://www.youtube.com/playlist?list=PL1
https://youtube.com/playlist?list=PL1&si=x

// Telegram.
https://t.me/SomeChannel/123
https://t.me/s/SomeChannel/123
https://t.me/somechannel/123?single
https://telegram.me/SomeChannel/123?embed=1&mode=tme
https://telegram.dog/somechannel/123
https://somechannel.t.me/123
https://t.me/SomeChannel/123?t=15

https://t.me/SomeGroup/7/8
https://t.me/somegroup/7/8?single

https://t.me/SomeChannel
https://t.me/s/somechannel
http://telegram.me/SOMECHANNEL/
https://somechannel.t.me

// Facebook, Instagram, TikTok.
https://www.facebook.com/a.page/posts/123
https://m.facebook.com/a.page/posts/123?__tn__=R&mibextid=x
https://mbasic.facebook.com/a.page/posts/123?__cft__[0]=AZX
https://de-de.facebook.com/a.page/posts/123

https://www.facebook.com/watch/?v=123
https://facebook.com/watch?v=123&ref=sharing
https://www.facebook.com/a.page/videos/123/
https://www.facebook.com/a.page/videos/a-title/123/
https://www.facebook.com/video.php?v=123

https://m.facebook.com/story.php?story_fbid=12&id=34&refid=17
https://www.facebook.com/permalink.php?story_fbid=12&id=34

https://www.facebook.com/photo.php?fbid=12&set=a.1&type=3
https://www.facebook.com/photo/?fbid=12

https://www.instagram.com/p/CQabc-1_x/
https://instagram.com/reel/CQabc-1_x/?igshid=1
https://www.instagram.com/someone/p/CQabc-1_x/
https://www.instagram.com/someone/reel/CQabc-1_x
https://www.instagram.com/p/CQabc-1_x/?img_index=2
https://instagr.am/p/CQabc-1_x/

https://www.tiktok.com/@user/video/123?_r=1&_t=8
https://m.tiktok.com/@user/video/123

// Others.
https://en.wikipedia.org/wiki/Ghazni
https://en.m.wikipedia.org/wiki/Ghazni

https://old.reddit.com/r/a/comments/1/
https://www.reddit.com/r/a/comments/1

// Resolvers.
https://doi.org/10.1000/ABC.1
http://dx.doi.org/10.1000/abc.1
https://www.doi.org/10.1000%2Fabc.1
https://doi.org/doi:10.1000/abc.1
https://hdl.handle.net/10.1000/abc.1
https://doi.org/10.1000/abc.1?utm_source=x
https://web.archive.org/web/2021/https://doi.org/10.1000/abc.1

https://arxiv.org/abs/2101.00001
http://arxiv.org/pdf/2101.00001
https://arxiv.org/pdf/2101.00001.pdf
https://export.arxiv.org/abs/2101.00001
https://www.arxiv.org/abs/2101.00001?context=cs
https://doi.org/10.48550/arXiv.2101.00001

https://hdl.handle.net/2027/AbC.1
http://hdl.handle.net/2027/AbC.1?noredirect
";
