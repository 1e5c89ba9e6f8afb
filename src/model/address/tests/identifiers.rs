//! Tests of identifiers.

use super::super::{Identifier, canonical_identifier};

#[test]
fn identifiers_of_one_work_are_the_same() {
    for (form, texts) in [
        (
            "doi:10.1000/abc.1",
            &[
                "10.1000/abc.1",
                "10.1000/ABC.1",
                "10.1000/abc.1/",
                "10.1000/abc.1\u{200b}",
                "doi:10.1000/abc.1",
                "DOI: 10.1000/abc.1",
                "DOI 10.1000/abc.1",
                "doi10.1000/abc.1",
                "https://doi.org/10.1000/abc.1",
                "http://dx.doi.org/10.1000/ABC.1",
                "doi.org/10.1000/abc.1",
                "https://doi.org/10.1000%2Fabc.1",
                "10.1000%2fabc.1",
                "doi:https://doi.org/10.1000/abc.1",
                "info:doi/10.1000/abc.1",
                "urn:doi:10.1000/abc.1",
                " 10.1000/abc.1 ",
                "hdl:10.1000/abc.1",
            ][..],
        ),
        (
            "doi:10.1002/(sici)1096-8644(199608)100:4<1::aid-ajpa1>3.0.co;2-u",
            &[
                "10.1002/(SICI)1096-8644(199608)100:4<1::AID-AJPA1>3.0.CO;2-U",
                "https://doi.org/10.1002/(SICI)1096-8644(199608)100:4%3C1::AID-AJPA1%3E3.0.CO;2-U",
            ],
        ),
        (
            "arxiv:2101.00001",
            &[
                "arXiv:2101.00001",
                "2101.00001",
                "arxiv 2101.00001",
                "arXiv:2101.00001 [cs.CL]",
                "https://arxiv.org/abs/2101.00001",
                "arxiv.org/abs/2101.00001",
                "10.48550/arXiv.2101.00001",
                "doi:10.48550/ARXIV.2101.00001",
            ],
        ),
        (
            "arxiv:2101.00001v2",
            &[
                "arXiv:2101.00001v2",
                "arXiv:2101.00001V2 [cs.CL]",
                "https://arxiv.org/pdf/2101.00001v2.pdf",
            ],
        ),
        ("arxiv:0704.0001", &["arXiv:0704.0001"]),
        ("arxiv:1412.0001", &["arXiv:1412.0001"]),
        ("arxiv:1501.00001", &["arXiv:1501.00001"]),
        ("doi:10.1000.5/a", &["10.1000.5/a"]),
        (
            "arxiv:math/0309136",
            &[
                "math/0309136",
                "arXiv:math.GT/0309136",
                "math.GT/0309136",
                "https://arxiv.org/abs/math/0309136",
            ],
        ),
        (
            "hdl:2027/AbC",
            &[
                "hdl:2027/AbC",
                "https://hdl.handle.net/2027/AbC",
                "hdl.handle.net/2027/AbC",
                "info:hdl/2027/AbC",
                "Handle: 2027/AbC",
            ],
        ),
        (
            "isbn:9780306406157",
            &[
                "978-0-306-40615-7",
                "0-306-40615-2",
                "0306406152",
                "ISBN 0-306-40615-2",
                "ISBN-13: 978-0-306-40615-7",
                "ISBN-10: 0306406152",
                "ISBN 13 9780306406157",
                "urn:isbn:9780306406157",
                "978\u{2011}0\u{2013}306 40615 7",
            ],
        ),
        ("isbn:9780804429573", &["080442957X", "0-8044-2957-x"]),
    ] {
        for text in texts {
            assert_eq!(canonical_identifier(text, true).as_deref(), Some(form), "{text}");
        }
    }
}

#[test]
fn other_texts_are_no_identifiers_of_works() {
    for text in [
        "",
        "N/A",
        "10.1000",
        "10.1000/",
        "10./a",
        "10.a/b",
        "10.1000.a/b",
        "hdl:20?27/a",
        "hdl:2027/",
        "hdl:2027/a b",
        "hdl:a/b",
        "10.1000//",
        "11.1000/a",
        "10.1000/a b",
        "doi",
        "doi:",
        "A/HRC/47/1",
        "2027/AbC",
        "978-0-306-40615-8",
        "0-306-40615-3",
        "9770306406157",
        "978030640615X",
        "X306406152",
        "0306406152 0306406152",
        "arXiv:2113.00001",
        "arXiv:2101.0001",
        "arXiv:1412.00001",
        "arXiv:0703.0001",
        "2101.00001v0",
        "foo/0309136",
        "math/0313136",
        "https://example.com/10.1000/abc",
        "https://doi.org/abcd",
        "ISSN 0378-5955",
        "0378-5955",
        "12345678",
        "S/2021/123",
        "٠٣٠٦٤٠٦١٥٢",
    ] {
        assert_eq!(canonical_identifier(text, true), None, "{text}");
    }
    assert_eq!(Identifier::parse("issn 0378-5955"), Some(Identifier::Issn("0378-5955".to_owned())));
    assert_eq!(Identifier::parse("2434-561x"), Some(Identifier::Issn("2434-561X".to_owned())));
    assert_eq!(Identifier::parse("0378-5956"), None);
    assert_eq!(Identifier::parse("03785955"), None);
    // A chapter has the ISBN of its book.
    assert_eq!(canonical_identifier("978-0-306-40615-7", false), None);
    assert!(canonical_identifier("10.1000/a", false).is_some());
}
