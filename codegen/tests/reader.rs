//! The reader of JSON against `serde_json`, on texts that are made to hurt: quotes, escapes, control characters, and bytes that are no
//! UTF-8, at every place of a string.

use planchet::runtime::{Duplicates, Instance as _, Reader, View, Violations};

/// What both readers make of a text; they must agree on whether it is JSON, and on the value.
fn agree(text: &[u8]) {
    let mut reader = Reader::strict(text);
    let ours = reader.value().and_then(|value| reader.end().map(|()| value));
    let theirs = serde_json::from_slice::<serde_json::Value>(text);
    match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs, "{}", String::from_utf8_lossy(text)),
        (Err(_), Err(_)) => {}
        (ours, theirs) => panic!("{:?}: {ours:?}, and by serde_json {theirs:?}", String::from_utf8_lossy(text)),
    }
}

#[test]
fn strings_are_those_of_serde_json() {
    let pieces: &[&[u8]] = &[
        b"a",
        b"\"",
        b"\\\"",
        b"\\\\",
        b"\\",
        b"\\n",
        b"\\u0041",
        b"\\ud83d\\ude00",
        b"\\ud83d",
        b"\n",
        b"\x1f",
        b"\x7f",
        "é".as_bytes(),
        "😀".as_bytes(),
        b"\xff",
        b"\xc3",
        b"\x80",
        b"\xa2\xdc",
        b"",
    ];
    let mut compared = 0;
    for before in 0..20 {
        for piece in pieces {
            for after in [0, 1, 7, 8, 9] {
                let inner = [b"x".repeat(before), piece.to_vec(), b"y".repeat(after)].concat();
                for text in [
                    [b"\"", &*inner, b"\""].concat(),
                    [b"\"", &*inner].concat(),
                    [b"[\"", &*inner, b"\",1]"].concat(),
                    [b"{\"", &*inner, b"\":\"", &*inner, b"\"}"].concat(),
                ] {
                    agree(&text);
                    compared += 1;
                }
            }
        }
    }
    assert_eq!(compared, 20 * pieces.len() * 5 * 4);
}

#[test]
fn what_follows_the_text_must_be_utf_8_too() {
    for text in [&b"1 \xff"[..], b"\"a\"\xff", b"\xff", b"\xff1", b"[1,\xff2]", b"tr\xffue", b"{\"a\":1}\xc3"] {
        agree(text);
    }
    let fault = Reader::strict(b"\"abc\xff\"").string().unwrap_err();
    assert_eq!(fault.syntax_offset(), Some(4));
}

#[test]
fn values_are_those_of_serde_json() {
    let texts = [
        "",
        " ",
        "null",
        "nul",
        "nulll",
        "true",
        "tru",
        "-",
        "-0",
        "01",
        "1.",
        "1.5",
        "1e5",
        "1e",
        "+1",
        "[",
        "[]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{",
        "{}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "[}",
        "{]",
        "\"",
        "\"a",
        "1 2",
        " [ 1 , { \"a\" : [ ] } ] ",
        "\u{feff}1",
        "18446744073709551615",
        "-9223372036854775808",
    ];
    for text in texts {
        agree(text.as_bytes());
    }
}

#[test]
fn members_are_found_however_many_there_are() {
    for count in [1, 15, 16, 17, 18, 100] {
        let mut members: Vec<String> =
            (0..count).map(|index| format!("\"m/{index}\":{{\"a\":{index},\"a\":0}}")).collect();
        members.push("\"m/0\":null".to_owned());
        members.push(format!("\"m/{}\":true", count - 1));
        let text = format!("{{{}}}", members.join(","));
        let mut repeated = Duplicates::default();
        let tree = Reader::lenient(text.as_bytes()).tree(&mut repeated).unwrap();
        let mut expected: Vec<String> = (0..count).map(|index| format!("/m~1{index}/a")).collect();
        expected.extend(["/m~10".to_owned(), format!("/m~1{}", count - 1)]);
        // As many as a report tells.
        assert_eq!(repeated.truncated, expected.len() > Violations::CAP);
        expected.truncate(Violations::CAP);
        assert_eq!(repeated.pointers, expected);
        let View::Object(object) = tree.view() else { panic!("an object") };
        assert_eq!(object.count(), count);
        for index in 1..count - 1 {
            assert!(matches!(object.get(&format!("m/{index}")), Some(View::Object(_))), "{index} of {count}");
        }
        assert!(matches!(object.get(&format!("m/{}", count - 1)), Some(View::Boolean(true))));
        assert!(object.get("m").is_none());
    }
}

#[test]
fn names_that_are_repeated_within_a_long_name_take_no_squares() {
    let text = format!("{{\"{}\":{{{}\"a\":0}}}}", "n".repeat(1 << 19), "\"a\":0,".repeat(50_000));
    let mut repeated = Duplicates::default();
    Reader::lenient(text.as_bytes()).tree(&mut repeated).unwrap();
    assert!(repeated.truncated && !repeated.pointers.is_empty());
    assert!(repeated.pointers.iter().map(String::len).sum::<usize>() < 2 * text.len());
}
