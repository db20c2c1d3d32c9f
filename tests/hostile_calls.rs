//! Calls that lead astray, and services that do harm: what is not sent, what is not followed, and where reading stops.

mod service;

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use planchet_payments::orchestra;
use planchet_payments::support::client::{
    BuildError, Call, Core, Credentials, Error, Part, Placement, RefusedReason, RequestBody, Scheme, Settings, Style,
    Transport,
};
use planchet_payments::support::{Binary, Instance as _, Secret, View};
use service::Service;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const KEY: &str = "orchestra-api-key";

type Sent = Arc<Mutex<Vec<http::Request<RequestBody>>>>;

/// A transport that keeps what is sent, and answers 204.
fn kept(sent: &Sent) -> Transport {
    let sent = Arc::clone(sent);
    Transport::new(tower::service_fn(move |request| {
        sent.lock().unwrap().push(request);
        let answer = http::Response::builder().status(204).body(Full::<Bytes>::default()).unwrap();
        async move { Ok::<_, Infallible>(answer) }
    }))
}

fn core(sent: &Sent) -> Core {
    let url = Some("https://api.example.com/v1");
    Core::new(url, "", Some(kept(sent)), Credentials::default(), Settings::default()).unwrap()
}

fn call() -> Call {
    Call::new("probe", http::Method::DELETE, "/probe")
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, Error>) -> (String, RefusedReason) {
    match outcome.unwrap_err() {
        Error::Refused(refused) => (refused.pointer().to_owned(), refused.reason()),
        other => panic!("{other:?}"),
    }
}

fn orchestra_at(url: &str) -> orchestra::client::ClientBuilder {
    orchestra::Client::builder().base_url(url).api_key_auth(KEY)
}

/// `DELETE /StringTokens/{token}` with `..` would be `DELETE /`.
#[tokio::test]
async fn a_path_parameter_reaches_no_other_resource() {
    let service = Service::start(Duration::ZERO).await;
    service.answer(200, "");
    let client = orchestra_at(&service.url).build().unwrap();
    for token in ["", ".", ".."] {
        let token = Secret::from(token);
        let error = client.unchecked().string_token_delete(&token).await.unwrap_err();
        let Error::Refused(refused) = &error else { panic!("{error}") };
        assert_eq!(refused.pointer(), "/path/token");
        assert!(client.string_token_delete(&token).await.is_err());
        assert!(client.unchecked().payment_gateway_account_delete(token.expose()).await.is_err());
        assert!(client.payment_gateway_account_delete(token.expose()).await.is_err());
        let error = client.unchecked().string_token_retrieve_meta_data(&token).await.unwrap_err();
        assert!(matches!(error, Error::Refused(_)), "{error}");
    }
    assert_eq!(service.count(), 0, "nothing is sent");
    // Encoded, these are names like any other.
    for (token, path) in [
        ("%2e%2e", "/StringTokens/%252e%252e"),
        ("../x", "/StringTokens/..%2Fx"),
        ("..\\x", "/StringTokens/..%5Cx"),
        ("...", "/StringTokens/..."),
        ("..;a=1", "/StringTokens/..%3Ba%3D1"),
        ("\t..\n", "/StringTokens/%09..%0A"),
        ("..#?", "/StringTokens/..%23%3F"),
    ] {
        client.unchecked().string_token_delete(&Secret::from(token)).await.unwrap();
        assert_eq!(service.take().path, path);
    }
}

#[tokio::test]
async fn finished_segments_are_judged() {
    let sent = Sent::default();
    let core = core(&sent);
    let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
    type Write<'a> = Box<dyn Fn(&mut Call) + 'a>;
    let text = |literal: &'static str, name: &'static str, value: &'static str, rest: &'static str| -> Write<'_> {
        Box::new(move |call| {
            call.path_literal(literal);
            call.path_parameter(name, Style::Simple, false, View::String(value));
            call.path_literal(rest);
        })
    };
    let styled = |style: Style, explode: bool, values: Vec<String>| -> Write<'_> {
        Box::new(move |call| {
            call.path_literal("/a/");
            call.path_parameter("p", style, explode, values.view());
        })
    };
    let (dots, empty) = (RefusedReason::DotSegment, RefusedReason::EmptySegment);
    let stopped: Vec<(Write<'_>, &str, RefusedReason)> = vec![
        (text("/a/", "p", "..", ""), "/path/p", dots),
        (text("/a/", "p", ".", "/b"), "/path/p", dots),
        (text("/a/", "p", "", "/b"), "/path/p", empty),
        (text("/", "p", "", ""), "/path/p", empty),
        (text("/a/%2e", "p", ".", ""), "/path/p", dots),
        (text("/a/.", "p", "", ""), "/path/p", dots),
        (text("/a/", "p", "", "%2E"), "/path/p", dots),
        (text("/a/", "p", ".", "%2e/b?c=d"), "/path/p", dots),
        (text("/a/", "p", "..", ";v=1"), "/path/p", dots),
        (text("/a/", "a/b~", ".", "?c=/.."), "/path/a~1b~0", dots),
        (text("/a/../b/", "p", "x", ""), "/path", dots),
        (text(".evil.example/", "p", "x", ""), "/path", RefusedReason::Url),
        (
            Box::new(|call| {
                call.path_literal("/a/");
                call.path_parameter("p", Style::Simple, false, View::String("."));
                call.path_parameter("q", Style::Simple, false, View::String("."));
            }),
            "/path/p",
            dots,
        ),
        (
            Box::new(|call| {
                call.path_literal("/a/");
                call.path_parameter("p", Style::Simple, false, View::String(""));
                call.path_parameter("q", Style::Simple, false, View::String(""));
            }),
            "/path/p",
            empty,
        ),
        (
            Box::new(|call| {
                call.path_literal("/a/");
                call.path_parameter("p", Style::Simple, false, View::String(".."));
                call.path_parameter("q", Style::Matrix, false, View::String("1"));
            }),
            "/path/p",
            dots,
        ),
        (styled(Style::Simple, false, vec![]), "/path/p", empty),
        (styled(Style::Simple, false, strings(&[""])), "/path/p", empty),
        (styled(Style::Label, false, vec![]), "/path/p", dots),
        (styled(Style::Label, false, strings(&["."])), "/path/p", dots),
        (styled(Style::Label, true, strings(&["", ""])), "/path/p", dots),
        (styled(Style::Label, true, strings(&["", "", ""])), "/path/p", empty),
        (styled(Style::Matrix, true, vec![]), "/path/p", empty),
        (styled(Style::Matrix, true, strings(&[""])), "/path/p", empty),
        (styled(Style::Matrix, false, vec![]), "/path/p", empty),
    ];
    for (index, (write, pointer, reason)) in stopped.iter().enumerate() {
        let mut call = call();
        write(&mut call);
        assert_eq!(refused(core.send(call, &[]).await), ((*pointer).to_owned(), *reason), "case {index}");
    }
    assert_eq!(sent.lock().unwrap().len(), 0, "nothing is sent");
    let through: Vec<(Write<'_>, &str)> = vec![
        (text("/a/", "p", "..", ".json"), "/v1/a/...json"),
        (text("/a/x", "p", "..", ""), "/v1/a/x.."),
        (text("/a/x", "p", "", ""), "/v1/a/x"),
        (text("/a//b/", "p", "c", ""), "/v1/a//b/c"),
        (text("/a b\\c#/é/", "p", "c", ""), "/v1/a%20b%5Cc%23/%C3%A9/c"),
        (styled(Style::Simple, false, strings(&["", ""])), "/v1/a/,"),
        (styled(Style::Label, true, strings(&["b", ""])), "/v1/a/.b."),
        (styled(Style::Matrix, true, strings(&["..", "1"])), "/v1/a/;p=..;p=1"),
    ];
    for (write, path) in through {
        let mut call = call();
        write(&mut call);
        core.send(call, &[]).await.unwrap();
        assert_eq!(sent.lock().unwrap().pop().unwrap().uri().path(), path);
    }
}

/// The judge is the `url` crate, which reads paths as the WHATWG says and as `reqwest` does: whatever is sent, it finds the segments that
/// the template has.
#[tokio::test]
async fn what_is_sent_is_what_a_url_parser_reads() {
    const PIECES: &[&str] = &["", ".", "..", "%2e", "%2E", "/", "\\", ";", "\t", "\r\n", "#", "?", "@", ":", "a", "é"];
    const LITERALS: &[(&str, &str)] =
        &[("/a/", ""), ("/a/", "/b"), ("/a/.", ""), ("/a/%2e", "/b"), ("/x", ".json"), ("/a/", "%2E")];
    let sent = Sent::default();
    let core = core(&sent);
    let mut counts = (0, 0);
    for (before, after) in LITERALS {
        for style in [Style::Simple, Style::Label, Style::Matrix] {
            for explode in [false, true] {
                for one in PIECES {
                    for other in PIECES {
                        let text = format!("{one}{other}");
                        let list = vec![(*one).to_owned(), (*other).to_owned()];
                        for view in [View::String(&text), list.view()] {
                            let mut call = call();
                            call.path_literal(before);
                            call.path_parameter("p", style, explode, view);
                            call.path_literal(after);
                            if core.send(call, &[]).await.is_err() {
                                counts.1 += 1;
                                continue;
                            }
                            counts.0 += 1;
                            let uri = sent.lock().unwrap().pop().unwrap().uri().to_string();
                            let read = reqwest::Url::parse(&uri).unwrap();
                            assert_eq!(read.as_str(), uri);
                            let segments = before.matches('/').count() + after.matches('/').count() + 1;
                            assert_eq!(read.path_segments().unwrap().count(), segments, "{uri}");
                        }
                    }
                }
            }
        }
    }
    assert!(counts.0 > 10_000 && counts.1 > 300, "{counts:?}");
}

#[test]
fn a_base_url_leads_where_it_says() {
    let build = |url: &str| {
        let sent = Sent::default();
        Core::new(Some(url), "", Some(kept(&sent)), Credentials::default(), Settings::default()).map(drop)
    };
    for url in
        ["https://api.example.com", "https://api.example.com:8443/v1/", "http://127.0.0.1:80/a%2Fb", "https://[::1]/v1"]
    {
        assert!(build(url).is_ok(), "{url}");
    }
    for url in [
        "",
        "/v1",
        "api.example.com",
        "https://",
        "https://api.example.com@evil.example",
        "https://api.example.com@api.example.com:443",
        "https://user:password@api.example.com",
        "https://evil.example/.api.example.com?",
        "https://api.example.com/v1?key=a",
        "https://api.example.com#/v1",
        "https://evil.example\\.api.example.com",
        "https://api.example.com/a\\..\\b",
        "https://api.example.com/v1/../admin",
        "https://api.example.com/v1/%2e%2E",
        "https://api.example.com/.",
        "https://{region}.example.com",
        "https://api.example.com/{tenant}/v1",
        "https://api.example.com/a b",
        "https://api.example.com/\n",
        "https://api.example.com/é",
        "https://api.example.com:",
        "https://api.example.com:99999",
        "https://api.example.com:0/v1",
        "https://[::1]:x",
    ] {
        assert!(matches!(build(url), Err(BuildError::BaseUrl)), "{url}");
    }
}

#[tokio::test]
async fn a_server_of_the_document_gets_no_credential_in_the_clear() {
    const SCHEME: Scheme = Scheme { name: "key", placement: Placement::Header("X-Key") };
    let sent = Sent::default();
    let mut credentials = Credentials::default();
    credentials.set("key", Secret::from(KEY));
    let core = |base_url: Option<&str>, stated: &str| {
        Core::new(base_url, stated, Some(kept(&sent)), credentials.clone(), Settings::default()).unwrap()
    };
    let open = core(None, "http://api.example.com");
    assert_eq!(refused(open.send(call(), &[&[&SCHEME]]).await).1, RefusedReason::PlainHttp);
    let mut elsewhere = call();
    elsewhere.server("http://other.example.com");
    assert_eq!(
        refused(core(None, "https://api.example.com").send(elsewhere, &[&[&SCHEME]]).await).1,
        RefusedReason::PlainHttp
    );
    let mut astray = call();
    astray.server("https://api.example.com@evil.example");
    assert_eq!(refused(core(None, "https://api.example.com").send(astray, &[]).await).1, RefusedReason::Url);
    assert_eq!(sent.lock().unwrap().len(), 0, "nothing is sent");
    // Without a credential, on this machine, or by the caller's own word.
    open.send(call(), &[]).await.unwrap();
    for stated in ["http://localhost:8080", "http://127.8.9.1", "http://[::1]:80", "HTTPS://api.example.com"] {
        core(None, stated).send(call(), &[&[&SCHEME]]).await.unwrap();
    }
    core(Some("http://payments.internal"), "").send(call(), &[&[&SCHEME]]).await.unwrap();
    assert_eq!(sent.lock().unwrap().len(), 6);
    for stated in ["http://127.0.0.1.example.com", "http://localhost.example.com", "http://2130706433"] {
        let outcome = core(None, stated).send(call(), &[&[&SCHEME]]).await;
        assert_eq!(refused(outcome).1, RefusedReason::PlainHttp, "{stated}");
    }
}

/// OpenAPI 3.0.4, "Security Requirement Object": one of the alternatives must hold.
#[tokio::test]
async fn a_credential_that_is_given_is_sent_where_it_is_welcome() {
    const A: Scheme = Scheme { name: "a", placement: Placement::Header("X-A") };
    const B: Scheme = Scheme { name: "b", placement: Placement::Header("X-B") };
    const UNKNOWN: Scheme = Scheme { name: "unknown", placement: Placement::Undefined };
    type Alternatives = &'static [&'static [&'static Scheme]];
    let cases: &[(Alternatives, &[&str], Result<&str, &str>)] = &[
        (&[&[], &[&A]], &["a"], Ok("a")),
        (&[&[&A], &[]], &["a"], Ok("a")),
        (&[&[], &[&A]], &[], Ok("")),
        (&[&[], &[&A], &[&B]], &["b"], Ok("b")),
        (&[&[], &[&A, &B]], &["b"], Ok("")),
        (&[&[&A, &B], &[], &[&B]], &["b"], Ok("b")),
        (&[&[&A], &[&B]], &["a", "b"], Ok("a")),
        (&[&[&A, &B]], &["a", "b"], Ok("ab")),
        (&[&[&A, &B]], &["a"], Err("b")),
        (&[&[&A], &[&B]], &[], Err("a")),
        (&[], &["a"], Ok("")),
        (&[&[&UNKNOWN]], &["unknown"], Err("unknown")),
        (&[&[&A, &UNKNOWN]], &["a", "unknown"], Err("unknown")),
        (&[&[&UNKNOWN], &[&A]], &["a"], Ok("a")),
        (&[&[&UNKNOWN], &[]], &[], Ok("")),
    ];
    for (alternatives, given, expected) in cases {
        let service = Service::start(Duration::ZERO).await;
        service.answer(204, "");
        let mut credentials = Credentials::default();
        given.iter().for_each(|scheme| credentials.set(scheme, Secret::from(KEY)));
        let core = Core::new(Some(&service.url), "", None, credentials, Settings::default()).unwrap();
        match (core.send(call(), alternatives).await, expected) {
            (Ok(_), Ok(expected)) => {
                let headers = service.take().headers;
                let seen: String =
                    ["a", "b"].into_iter().filter(|name| headers.contains_key(format!("x-{name}"))).collect();
                assert_eq!(seen, *expected, "{alternatives:?} {given:?}");
            }
            (Err(Error::MissingCredentials(missing)), Err(expected)) => {
                assert_eq!(missing, *expected, "{alternatives:?} {given:?}");
                assert_eq!(service.count(), 0, "nothing is sent");
            }
            (outcome, _) => panic!("{alternatives:?} {given:?}: {outcome:?}"),
        }
    }
}

#[tokio::test]
async fn what_is_no_header_is_refused() {
    let sent = Sent::default();
    let core = core(&sent);
    type Case = (fn(&mut Call), &'static str, RefusedReason);
    let write: &[Case] = &[
        (|call| call.header("X-A", false, false, View::String("a\r\nX-B: c")), "/header/X-A", RefusedReason::Header),
        (|call| call.header("X A", false, false, View::String("a")), "/header/X A", RefusedReason::Header),
        (
            |call| call.header("Transfer-Encoding", false, false, View::String("chunked")),
            "/header/transfer-encoding",
            RefusedReason::Header,
        ),
        (
            |call| call.header("Content-Length", false, false, View::Integer(7)),
            "/header/content-length",
            RefusedReason::Header,
        ),
        (
            |call| call.header("connection", false, false, View::String("close")),
            "/header/connection",
            RefusedReason::Header,
        ),
        (|call| call.accept("application/json\n"), "/header/accept", RefusedReason::Header),
        (|call| call.text("text/plän", "a"), "/header/content-type", RefusedReason::MediaType),
        (|call| call.bytes("application/\u{7}", Bytes::new()), "/header/content-type", RefusedReason::MediaType),
        (|call| call.json("json", View::Null), "/header/content-type", RefusedReason::MediaType),
        (|call| call.json("application/json", View::Binary(&Binary::new(vec![0xff]))), "", RefusedReason::Json),
    ];
    for (write, pointer, reason) in write {
        let mut call = call();
        write(&mut call);
        assert_eq!(refused(core.send(call, &[]).await), ((*pointer).to_owned(), *reason));
    }
    assert_eq!(sent.lock().unwrap().len(), 0, "nothing is sent");
    let mut both = call();
    both.header("Cookie", false, false, View::String("a=1"));
    both.cookie("b", true, View::Integer(2));
    core.send(both, &[]).await.unwrap();
    assert_eq!(sent.lock().unwrap().pop().unwrap().headers()["cookie"], "a=1; b=2", "nothing is lost");
    let mut legal = call();
    legal.header("Content-Length", false, false, View::Integer(1));
    legal.text("text/plain; charset=utf-8", "a");
    core.send(legal, &[]).await.unwrap();
    assert_eq!(sent.lock().unwrap().len(), 1);
}

/// `allowReserved` keeps what is reserved, and no value can end the query, begin another parameter or change when it is decoded.
#[tokio::test]
async fn a_reserved_value_stays_one_value() {
    let sent = Sent::default();
    let mut call = call();
    call.query("q", Style::Form, true, true, View::String("/a?b#c&admin=true+[d]%26"));
    call.query("r", Style::Form, true, false, View::String("s"));
    core(&sent).send(call, &[]).await.unwrap();
    let uri = sent.lock().unwrap().pop().unwrap().uri().to_string();
    let read: Vec<(String, String)> = reqwest::Url::parse(&uri).unwrap().query_pairs().into_owned().collect();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(read, [pair("q", "/a?b#c&admin=true+[d]%26"), pair("r", "s")]);
}

#[tokio::test]
async fn boundaries_are_random_and_parts_are_what_they_say() {
    let sent = Sent::default();
    let core = core(&sent);
    let send = async |file: &Binary| {
        let body = std::collections::BTreeMap::from([("a\"\r\nb\0".to_owned(), file.clone())]);
        let mut call = call();
        call.multipart(body.view(), &[]);
        core.send(call, &[]).await.map(drop)
    };
    let taken = async || {
        let request = sent.lock().unwrap().pop().unwrap();
        let media_type = request.headers()["content-type"].to_str().unwrap().to_owned();
        let body = request.into_body().collect().await.unwrap().to_bytes();
        (media_type.strip_prefix("multipart/form-data; boundary=").unwrap().to_owned(), body)
    };
    let mut boundaries = std::collections::BTreeSet::new();
    for _ in 0..100 {
        send(&Binary::new(vec![0; 8])).await.unwrap();
        let (boundary, _) = taken().await;
        // RFC 2046, section 5.1.1: 70 characters at most; 128 bits are 32 digits.
        assert!(boundary.len() <= 70);
        assert!(boundary.strip_prefix("part-").unwrap().bytes().filter(u8::is_ascii_hexdigit).count() == 32);
        boundaries.insert(boundary);
    }
    assert_eq!(boundaries.len(), 100);
    send(&Binary::new(b"x".to_vec()).with_file_name("c\\\"; name=\"d\r\nEvil: 1\u{7f}.png")).await.unwrap();
    let (boundary, body) = taken().await;
    assert_eq!(
        String::from_utf8(body.to_vec()).unwrap(),
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"a%22%0D%0Ab%00\"; filename=\"c%5C%22; name=%22d%0D%0AEvil: 1%7F.png\"\r\n\
             Content-Type: application/octet-stream\r\n\r\nx\r\n--{boundary}--\r\n"
        )
    );
    for media_type in ["text/plain\r\nEvil: 1", "text/plän", "text", "", "/", "text/plain; a=\0", "text/pl ain"] {
        let outcome = send(&Binary::new(Vec::new()).with_media_type(media_type)).await;
        assert_eq!(refused(outcome), ("/a\"\r\nb\0".to_owned(), RefusedReason::MediaType), "{media_type:?}");
    }
    send(&Binary::new(Vec::new()).with_media_type("text/csv; charset=\"utf-8\"")).await.unwrap();
    let parts = [Part { name: "n", media_type: Some("text/\u{1}"), style: Style::Form, explode: true }];
    let body = std::collections::BTreeMap::from([("n".to_owned(), vec![1i64, 2])]);
    let mut stated = call();
    stated.multipart(body.view(), &parts);
    assert_eq!(refused(core.send(stated, &[]).await), ("/n/0".to_owned(), RefusedReason::MediaType));
}

/// A body without an end, which counts the bytes that were asked for.
struct Endless(Arc<AtomicUsize>);

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        self.0.fetch_add(1024, Ordering::SeqCst);
        Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(&[b' '; 1024])))))
    }
}

#[tokio::test]
async fn an_answer_without_end_is_cut() {
    let asked = Arc::new(AtomicUsize::new(0));
    let body = Arc::clone(&asked);
    let transport = Transport::new(tower::service_fn(move |_| {
        let body = Endless(Arc::clone(&body));
        async move { Ok::<_, Infallible>(http::Response::new(body)) }
    }));
    let client = |limit: Option<usize>| {
        let builder = orchestra_at("https://api.example.com").transport(transport.clone());
        limit.map_or(builder.clone(), |limit| builder.max_response_bytes(limit)).build().unwrap()
    };
    for (limit, expected) in [(Some(4096), 4096), (Some(0), 0), (None, 16 << 20)] {
        asked.store(0, Ordering::SeqCst);
        let error = client(limit).gateway_list().await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
        let Error::TooLarge { limit, .. } = error else { panic!("{error}") };
        assert_eq!(limit, expected);
        assert_eq!(asked.load(Ordering::SeqCst), expected + 1024, "reading stops at the first frame beyond the limit");
    }
}

/// A service that answers one request with a head, then with pieces, for as long as they are taken. It tells how many bytes went out.
async fn pouring(head: String, piece: Vec<u8>, pause: Duration) -> (String, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let poured = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&poured);
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        while stream.write_all(&piece).await.is_ok() {
            counted.fetch_add(piece.len(), Ordering::SeqCst);
            tokio::time::sleep(pause).await;
        }
    });
    (url, poured)
}

#[tokio::test]
async fn an_answer_of_400_megabytes_is_not_buffered() {
    let mut chunk = b"10000\r\n".to_vec();
    chunk.resize(chunk.len() + 0x10000, b' ');
    chunk.extend_from_slice(b"\r\n");
    let chunked = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n".to_owned();
    let (url, poured) = pouring(chunked, chunk, Duration::ZERO).await;
    let error = orchestra_at(&url).build().unwrap().gateway_list().await.unwrap_err();
    assert!(matches!(error, Error::TooLarge { limit: 0x0100_0000, .. }), "{error}");
    // What is beyond the limit stands in the buffers of the two sockets.
    assert!(poured.load(Ordering::SeqCst) < 64 << 20);

    let stated = "HTTP/1.1 200 OK\r\ncontent-length: 400000000\r\n\r\n".to_owned();
    let (url, poured) = pouring(stated, vec![b' '; 0x10000], Duration::ZERO).await;
    let error = orchestra_at(&url).build().unwrap().gateway_list().await.unwrap_err();
    assert!(matches!(error, Error::TooLarge { .. }), "{error}");
    assert!(poured.load(Ordering::SeqCst) < 16 << 20, "what is promised to be too long is not read");
}

#[tokio::test]
async fn an_answer_of_the_limit_is_read() {
    let service = Service::start(Duration::ZERO).await;
    service.answer(200, "[{}]");
    let client = |limit| orchestra_at(&service.url).max_response_bytes(limit).build().unwrap();
    assert_eq!(client(4).gateway_list().await.unwrap().raw().len(), 4);
    assert!(matches!(client(3).gateway_list().await, Err(Error::TooLarge { limit: 3, .. })));
    assert_eq!(client(usize::MAX).gateway_list().await.unwrap().raw().len(), 4);
    // The length that an answer to HEAD states is of a body that does not come.
    let transport = Transport::new(tower::service_fn(|_| async {
        let answer = http::Response::builder().header("content-length", "400000000");
        Ok::<_, Infallible>(answer.body(Full::<Bytes>::default()).unwrap())
    }));
    let core =
        Core::new(Some("https://api.example.com"), "", Some(transport), Credentials::default(), Settings::default());
    let head = Call::new("head", http::Method::HEAD, "/probe");
    assert_eq!(core.unwrap().send(head, &[]).await.unwrap().status().as_u16(), 200);
}

#[tokio::test]
async fn an_answer_that_drips_is_given_up() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n".to_owned();
    let (url, poured) = pouring(head, vec![b' '], Duration::from_millis(20)).await;
    let client = orchestra_at(&url).timeout(Duration::from_millis(400)).build().unwrap();
    let error = client.gateway_list().await.unwrap_err();
    let Error::Transport(error) = error else { panic!("{error}") };
    assert!(error.is_timeout(), "{error}");
    assert!(poured.load(Ordering::SeqCst) > 0, "the answer had begun");
}

/// The timeout needs no runtime's clock: here is one that has none.
#[test]
fn a_transport_that_never_answers_is_given_up() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let transport = Transport::new(tower::service_fn(|_| {
        std::future::pending::<Result<http::Response<Full<Bytes>>, Infallible>>()
    }));
    let builder = orchestra_at("https://api.example.com").transport(transport);
    for timeout in [Duration::ZERO, Duration::from_millis(30)] {
        let error = runtime
            .block_on(builder.clone().timeout(timeout).build().unwrap().gateway_list().into_future())
            .unwrap_err();
        let Error::Transport(error) = error else { panic!("{error}") };
        assert!(error.is_timeout(), "{error}");
    }
    let sent = Sent::default();
    for timeout in [Some(Duration::MAX), None] {
        let client = orchestra_at("https://api.example.com").transport(kept(&sent)).timeout(timeout).build().unwrap();
        assert_eq!(runtime.block_on(client.gateway_list().into_future()).unwrap_err().status().unwrap().as_u16(), 204);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Service::start(Duration::ZERO).await;
    elsewhere.answer(200, "[]");
    for status in [301, 302, 303, 307, 308] {
        let target = elsewhere.url.clone();
        let redirect = move || async move { (http::StatusCode::from_u16(status).unwrap(), [("location", target)]) };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = axum::Router::new().fallback(axum::routing::any(redirect));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let error = orchestra_at(&url).build().unwrap().gateway_list().await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
    }
    assert_eq!(elsewhere.count(), 0, "no credential goes to another host");
}

#[tokio::test]
async fn a_client_says_who_it_is() {
    let service = Service::start(Duration::ZERO).await;
    service.answer(200, "[]");
    let agent = |service: &Service| service.take().headers["user-agent"].to_str().unwrap().to_owned();
    orchestra_at(&service.url).build().unwrap().gateway_list().await.unwrap();
    assert_eq!(agent(&service), concat!("planchet-payments/", env!("CARGO_PKG_VERSION")));
    orchestra_at(&service.url).user_agent("till/7").build().unwrap().gateway_list().await.unwrap();
    assert_eq!(agent(&service), "till/7");
    let illegal = orchestra_at(&service.url).user_agent("till\r\nEvil: 1").build();
    assert!(matches!(illegal, Err(BuildError::UserAgent)));
    let core = Core::new(Some(&service.url), "", None, Credentials::default(), Settings::default()).unwrap();
    let mut own = call();
    own.header("User-Agent", false, false, View::String("mine"));
    core.send(own, &[]).await.unwrap();
    assert_eq!(agent(&service), "mine", "a parameter of the operation wins");
}

/// One value of a list stays one: the comma is what separates them, reserved or not.
#[tokio::test]
async fn a_value_of_a_list_stays_one_value() {
    let sent = Sent::default();
    let core = core(&sent);
    let list = vec!["a,b".to_owned(), "c;d".to_owned()];
    let object = std::collections::BTreeMap::from([("k".to_owned(), "v,role,admin".to_owned())]);
    for (style, explode, view, expected) in [
        (Style::Form, false, list.view(), "q=a%2Cb,c;d"),
        (Style::Form, true, list.view(), "q=a,b&q=c;d"),
        (Style::Form, false, object.view(), "q=k,v%2Crole%2Cadmin"),
        (Style::Form, true, object.view(), "k=v,role,admin"),
        (Style::SpaceDelimited, false, list.view(), "q=a%2Cb%20c;d"),
        (Style::PipeDelimited, false, list.view(), "q=a%2Cb%7Cc;d"),
        (Style::Form, false, View::String("a,b"), "q=a,b"),
    ] {
        let mut call = call();
        call.query("q", style, explode, true, view);
        core.send(call, &[]).await.unwrap();
        assert_eq!(sent.lock().unwrap().pop().unwrap().uri().query(), Some(expected), "{style:?} {explode}");
    }
    // In a header nothing is encoded, so that it cannot be sent.
    let torn = vec!["user".to_owned(), "x,admin".to_owned()];
    let names = std::collections::BTreeMap::from([("a=b".to_owned(), "c".to_owned())]);
    for view in [torn.view(), object.view(), names.view(), vec![vec![1_i64, 2]].view()] {
        for explode in [false, true] {
            let mut call = call();
            call.header("X-Roles", explode, false, view);
            let expected = ("/header/X-Roles".to_owned(), RefusedReason::HeaderList);
            assert_eq!(refused(core.send(call, &[]).await), expected);
        }
    }
    assert_eq!(sent.lock().unwrap().len(), 0, "nothing is sent");
    for (view, expected) in
        [(View::String("a,b"), "a,b"), (vec![1_i64, 2].view(), "1,2"), (vec!["a=b".to_owned()].view(), "a=b")]
    {
        let mut call = call();
        call.header("X-Roles", false, false, view);
        core.send(call, &[]).await.unwrap();
        assert_eq!(sent.lock().unwrap().pop().unwrap().headers()["x-roles"], expected);
    }
}

/// Neither a URL nor a header nor JSON carries bytes that are no text, and another text is not what was meant.
#[tokio::test]
async fn bytes_that_are_no_text_are_not_changed() {
    type Put = fn(&mut Call, View<'_>);
    let sent = Sent::default();
    let core = core(&sent);
    let bytes = Binary::new(vec![0xff, b'a']);
    let list = vec![Binary::new(vec![b'a']), bytes.clone()];
    let map = std::collections::BTreeMap::from([("k".to_owned(), bytes.clone())]);
    let places: [(&str, RefusedReason, Put); 5] = [
        ("/path/p", RefusedReason::Text, |call, view| {
            call.path_literal("/");
            call.path_parameter("p", Style::Simple, false, view);
        }),
        ("/query/p", RefusedReason::Text, |call, view| call.query("p", Style::Form, true, false, view)),
        ("/header/p", RefusedReason::Text, |call, view| call.header("p", false, false, view)),
        ("/cookie/p", RefusedReason::Text, |call, view| call.cookie("p", false, view)),
        ("/query/p", RefusedReason::Json, |call, view| call.must_be_json("query", "p", view)),
    ];
    for (pointer, reason, put) in places {
        for view in [bytes.view(), list.view(), map.view()] {
            let mut call = call();
            put(&mut call, view);
            assert_eq!(refused(core.send(call, &[]).await), (pointer.to_owned(), reason));
        }
        let mut call = call();
        put(&mut call, Binary::new(vec![b'e']).view());
        core.send(call, &[]).await.unwrap();
    }
    let mut form = call();
    form.form("application/x-www-form-urlencoded", map.view(), &[]);
    assert_eq!(refused(core.send(form, &[]).await), ("/k".to_owned(), RefusedReason::Text));
}

/// RFC 7617, section 2: a user name ends at the first colon.
#[test]
fn a_user_name_is_the_one_that_is_read() {
    let build = |user: &str, password: &str| {
        let mut credentials = Credentials::default();
        credentials.set_basic("login", user, password);
        let sent = Sent::default();
        Core::new(Some("https://api.example.com"), "", Some(kept(&sent)), credentials, Settings::default()).map(drop)
    };
    for (user, password) in [("anna", "a:b"), ("", ""), ("änna", "ü")] {
        assert!(build(user, password).is_ok(), "{user}");
    }
    for (user, password) in
        [("admin:x", "b"), (":", ""), ("anna\n", "b"), ("anna", "b\n"), ("anna", "\0"), ("a\u{85}", "")]
    {
        let error = build(user, password).unwrap_err();
        assert!(matches!(error, BuildError::Basic("login")), "{error}");
        assert!(!format!("{error} {error:?}").contains("anna"));
    }
    // What is given last counts.
    let mut credentials = Credentials::default();
    credentials.set_basic("login", "admin:x", "b");
    credentials.set_basic("login", "anna", "b");
    assert!(Core::new(Some("https://api.example.com"), "", None, credentials, Settings::default()).is_ok());
}

/// What the document marks as secret is one, wherever it stands: it goes in the clear nowhere where a credential does not.
#[tokio::test]
async fn a_server_of_the_document_gets_no_secret_in_the_clear() {
    let sent = Sent::default();
    let core = |base_url: Option<&str>, stated: &str| {
        Core::new(base_url, stated, Some(kept(&sent)), Credentials::default(), Settings::default()).unwrap()
    };
    let secret = || {
        let mut call = call();
        call.json("application/json", View::String("4111111111111111"));
        call.holds_secrets();
        call
    };
    assert_eq!(refused(core(None, "http://api.example.com").send(secret(), &[]).await).1, RefusedReason::PlainHttp);
    let mut elsewhere = secret();
    elsewhere.server("http://other.example.com");
    assert_eq!(refused(core(None, "https://api.example.com").send(elsewhere, &[]).await).1, RefusedReason::PlainHttp);
    assert_eq!(sent.lock().unwrap().len(), 0, "nothing is sent");
    core(None, "https://api.example.com").send(secret(), &[]).await.unwrap();
    core(None, "http://localhost:1").send(secret(), &[]).await.unwrap();
    core(Some("http://payments.internal"), "").send(secret(), &[]).await.unwrap();
    core(None, "http://api.example.com").send(call(), &[]).await.unwrap();
    assert_eq!(sent.lock().unwrap().len(), 4);
}

/// The judge is the `url` crate again: a base URL that is taken is one to it, of the same host and port, and keeps its path.
#[test]
fn a_base_url_is_read_by_everybody_alike() {
    const PIECES: &[&str] = &[
        "",
        "a",
        "example.com",
        ".",
        "..",
        ":",
        "@",
        "/",
        "//",
        "\\",
        "?",
        "#",
        "%",
        "%2e",
        "%2F",
        "%40",
        "[",
        "]",
        "::1",
        "80",
        "0",
        "65536",
        "99999",
        "-1",
        "+1",
        " ",
        "\t",
        "é",
        ";",
        ",",
        "*",
        "_",
        "0x7f.1",
        "127.1",
        "xn--a",
        "|",
        "^",
    ];
    let (mut taken, mut refused) = (0, 0);
    for scheme in ["https://", "http://", "HTTPS://", "https:", "https:/", "https:///", "ftp://", "htps://", "file://"]
    {
        for one in PIECES {
            for two in PIECES {
                for three in PIECES {
                    let text = format!("{scheme}{one}{two}{three}");
                    let built = Core::new(Some(&text), "", None, Credentials::default(), Settings::default());
                    if built.is_err() {
                        refused += 1;
                        continue;
                    }
                    taken += 1;
                    let read = reqwest::Url::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
                    let uri: http::Uri = text.parse().unwrap();
                    assert!(matches!(read.scheme(), "http" | "https"), "{text}");
                    assert_eq!(read.path(), uri.path(), "{text}");
                    let is_number = read.host_str().is_some_and(|host| host.parse::<std::net::Ipv4Addr>().is_ok());
                    if !is_number {
                        assert_eq!(read.host_str(), uri.host().map(str::to_ascii_lowercase).as_deref(), "{text}");
                    }
                    let default = if read.scheme() == "https" { 443 } else { 80 };
                    assert_eq!(read.port_or_known_default(), Some(uri.port_u16().unwrap_or(default)), "{text}");
                }
            }
        }
    }
    assert!(taken > 500 && refused > 50_000, "{taken} {refused}");
}
