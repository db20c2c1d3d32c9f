//! Answers that services should not give, byte by byte over a socket: what is read of them, what is refused, and that every call ends.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use planchet_payments::orchestra;
use planchet_payments::support::client::{Call, Core, Credentials, Error, Received, Response, Settings, Transport};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const KEY: &str = "orchestra-api-key";

/// Reads a request to the end of its head; the requests here have no body.
async fn request(stream: &mut TcpStream) -> Option<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).await.ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    Some(())
}

/// A service that answers every request with these bytes; `closes` says whether the connection ends there. It counts the requests.
async fn answering(answers: Vec<Vec<u8>>, closes: bool) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let answers = Arc::new(answers);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (answers, counted) = (Arc::clone(&answers), Arc::clone(&counted));
            tokio::spawn(async move {
                while request(&mut stream).await.is_some() {
                    let number = counted.fetch_add(1, Ordering::SeqCst);
                    let answer = answers.get(number).or_else(|| answers.last()).unwrap();
                    let sent = stream.write_all(answer).await;
                    if closes || sent.is_err() {
                        return;
                    }
                }
            });
        }
    });
    (url, count)
}

fn core(url: &str) -> Core {
    let settings = Settings { timeout: Some(Duration::from_secs(5)), ..Settings::default() };
    Core::new(Some(url), "", None, Credentials::default(), settings).unwrap()
}

fn call() -> Call {
    let mut call = Call::new("probe", Method::GET, "/probe");
    call.path_literal("/probe");
    call
}

async fn answer(bytes: impl Into<Vec<u8>>) -> Result<Received, Error> {
    let (url, _) = answering(vec![bytes.into()], true).await;
    core(&url).send(call(), &[]).await
}

fn json<T: planchet_payments::support::Decode>(received: Received) -> Result<Response<T>, Error> {
    received.json()
}

fn body(head: &str, body: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n{head}\r\n", body.len()).into_bytes();
    answer.extend_from_slice(body);
    answer
}

/// RFC 8259, section 8.1: a parser may skip a byte order mark. Services on .NET write one.
#[tokio::test]
async fn a_byte_order_mark_is_skipped() {
    let marked = |text: &str| body("content-type: application/json\r\n", format!("\u{feff}{text}").as_bytes());
    let read: Response<Vec<i64>> = json(answer(marked("[1, 2]")).await.unwrap()).unwrap();
    assert_eq!(*read.body(), [1, 2]);
    assert_eq!(read.raw().len(), 9, "the bytes as they were received");
    let read: Response<String> = answer(marked("text")).await.unwrap().text().unwrap();
    assert_eq!(read.body(), "text");
    // One mark, and at the beginning.
    for text in ["\u{feff}[1]", "[1]\u{feff}", "[\u{feff}1]"] {
        let read = json::<Vec<i64>>(answer(marked(text)).await.unwrap());
        assert!(matches!(read, Err(Error::Decode(_))), "{text:?}");
    }
}

#[tokio::test]
async fn text_is_read_as_its_charset_says() {
    let latin = b"caf\xe9";
    for (media_type, expected) in [
        ("text/plain; charset=ISO-8859-1", "café"),
        ("text/plain;charset=\"iso-8859-1\"", "café"),
        ("text/plain; format=flowed; Charset=latin1", "café"),
        ("text/plain; charset=utf-8", "caf\u{fffd}"),
        ("text/plain", "caf\u{fffd}"),
        ("", "caf\u{fffd}"),
        ("text/plain; charset", "caf\u{fffd}"),
        ("charset=iso-8859-1", "caf\u{fffd}"),
    ] {
        let received = answer(body(&format!("content-type: {media_type}\r\n"), latin)).await.unwrap();
        let read: Response<String> = received.text().unwrap();
        assert_eq!(read.body(), expected, "{media_type}");
        assert_eq!(read.raw().as_ref(), latin);
    }
    // UTF-8 that says it were something else, as it often does.
    let received = answer(body("content-type: text/plain; charset=iso-8859-1\r\n", "café".as_bytes())).await.unwrap();
    assert_eq!(received.text().unwrap().body(), "café");
}

/// What stands behind an answer is no answer to the next request.
#[tokio::test]
async fn nothing_left_over_answers_the_next_request() {
    let forged = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n[666666]";
    let honest = body("", b"[7]");
    for first in [
        format!("HTTP/1.1 204 No Content\r\n\r\n{forged}"),
        format!("HTTP/1.1 204 No Content\r\ncontent-length: {}\r\n\r\n{forged}", forged.len()),
        format!("HTTP/1.1 304 Not Modified\r\ncontent-length: {}\r\n\r\n{forged}", forged.len()),
        format!("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]{forged}"),
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{forged}"),
    ] {
        let (url, count) = answering(vec![first.clone().into_bytes(), honest.clone()], false).await;
        let core = core(&url);
        let before = core.send(call(), &[]).await;
        assert!(before.is_ok(), "{first}: {before:?}");
        // The leftovers arrive with the answer; the connection has its turn to see them.
        tokio::time::sleep(Duration::from_millis(20)).await;
        let read = json::<Vec<i64>>(core.send(call(), &[]).await.unwrap()).unwrap();
        assert_eq!(*read.body(), [7], "{first}");
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }
}

#[tokio::test]
async fn an_answer_whose_end_is_unclear_is_no_answer() {
    let long = "x".repeat(1 << 20);
    for bad in [
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n[1]".to_owned(),
        "HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 1\r\n\r\n[1]".to_owned(),
        "HTTP/1.1 200 OK\r\ncontent-length: -3\r\n\r\n[1]".to_owned(),
        "HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999999\r\n\r\n[1]".to_owned(),
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n[1]".to_owned(),
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n[1]".to_owned(),
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nx\r\n".to_owned(),
        format!("HTTP/1.1 200 OK\r\na: {long}\r\ncontent-length: 3\r\n\r\n[1]"),
        format!("HTTP/1.1 200 OK\r\n{}content-length: 3\r\n\r\n[1]", "a: b\r\n".repeat(10_000)),
        format!("HTTP/1.1 200 {long}\r\n\r\n"),
        "HTTP/1.1 20 OK\r\n\r\n".to_owned(),
        "HTTP/1.1 1000 OK\r\n\r\n".to_owned(),
        "HTTP/9.9 200 OK\r\n\r\n".to_owned(),
        "[1]".to_owned(),
        String::new(),
        "HTTP/1.1 200 OK\r\na\r\nb: c\r\n\r\n".to_owned(),
        "HTTP/1.1 200 OK\r\na: b\0c\r\n\r\n".to_owned(),
    ] {
        let shown: String = bad.chars().take(100).collect();
        let outcome = answer(bad).await;
        assert!(matches!(outcome, Err(Error::Transport(_))), "{shown}: {outcome:?}");
    }
}

#[tokio::test]
async fn what_comes_before_and_beside_an_answer_does_not_count() {
    let honest = String::from_utf8(body("", b"[1]")).unwrap();
    for early in ["HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"] {
        let received = answer(format!("{}{honest}", early.repeat(20))).await.unwrap();
        assert_eq!(*json::<Vec<i64>>(received).unwrap().body(), [1]);
    }
    // Headers outside ASCII, twice, empty, without a media type or with a false one.
    for head in [
        "x-name: caf\u{e9}\r\n",
        "set-cookie: a=1\r\nset-cookie: a=2\r\n",
        "x-empty:\r\n",
        "content-type: \r\n",
        "content-type: text/html; charset=klingon\r\n",
        "content-type: \u{fc}\r\ncontent-type: application/json\r\n",
        "content-encoding: identity\r\n",
        "location: http://evil.example/\r\n",
    ] {
        let received = answer(body(head, b"[1]")).await.unwrap_or_else(|error| panic!("{head}: {error:?}"));
        assert!(!format!("{received:?}").contains("caf"), "headers are not printed");
        assert_eq!(*json::<Vec<i64>>(received).unwrap().body(), [1], "{head}");
    }
}

/// Early answers (1xx) without end, a head that never ends, and nothing at all: the timeout holds.
#[tokio::test]
async fn a_head_without_end_is_given_up() {
    for piece in ["HTTP/1.1 100 Continue\r\n\r\n", "a: b\r\n", ""] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    request(&mut stream).await;
                    if piece.starts_with('a') {
                        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n").await;
                    }
                    while stream.write_all(piece.as_bytes()).await.is_ok() {
                        tokio::time::sleep(Duration::from_millis(5)).await;
                    }
                });
            }
        });
        let client = orchestra::Client::builder().base_url(&url).api_key_auth(KEY).timeout(Duration::from_millis(200));
        let Err(Error::Transport(error)) = client.build().unwrap().gateway_list().await else { panic!("{piece}") };
        assert!(error.is_timeout() || piece.starts_with('a'), "{piece}: {error}");
    }
}

/// A body that always has another frame: an empty one, or trailers. No limit counts it, and it never has to be waited for.
struct Nothing(bool, Arc<AtomicUsize>);

impl http_body::Body for Nothing {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        self.1.fetch_add(1, Ordering::SeqCst);
        Poll::Ready(Some(Ok(if self.0 {
            http_body::Frame::trailers(http::HeaderMap::new())
        } else {
            http_body::Frame::data(Bytes::new())
        })))
    }
}

#[test]
fn a_body_of_nothing_is_given_up() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for is_trailers in [false, true] {
        let frames = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&frames);
        let transport = Transport::new(tower::service_fn(move |_| {
            let body = Nothing(is_trailers, Arc::clone(&counted));
            async move { Ok::<_, Infallible>(http::Response::new(body)) }
        }));
        let settings = Settings { timeout: Some(Duration::from_millis(50)), ..Settings::default() };
        let core =
            Core::new(Some("https://api.example.com"), "", Some(transport), Credentials::default(), settings).unwrap();
        let outcome = runtime.block_on(core.send(call(), &[]));
        let Err(Error::Transport(error)) = outcome else { panic!("{outcome:?}") };
        assert!(error.is_timeout(), "{error}");
        assert!(frames.load(Ordering::SeqCst) >= 64);
    }
}

/// Depth, length and forgery in JSON: an error that names the place, and never the content.
#[tokio::test]
async fn hostile_json_is_an_error_that_shows_nothing() {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
    for text in [
        deep("[", "]"),
        deep("{\"a\":", "}"),
        format!("{{\"unknown\":{}}}", deep("[", "]")),
        format!("[{}", "[],".repeat(100_000)),
        "4111111111111111".to_owned(),
        "\"4111111111111111\"".to_owned(),
        "{\"4111111111111111\": [4111111111111111]}".to_owned(),
        "<html>4111111111111111</html>".to_owned(),
        "nullnull".to_owned(),
        "1e999999999".to_owned(),
        "[1] [2]".to_owned(),
        "\0".to_owned(),
        String::new(),
    ] {
        let service = body("content-type: application/json\r\n", text.as_bytes());
        let (url, _) = answering(vec![service], true).await;
        let client = orchestra::Client::builder().base_url(&url).api_key_auth(KEY).build().unwrap();
        let shown: String = text.chars().take(40).collect();
        let error = client.gateway_list().await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{shown}: {error}");
        let printed = format!("{error} {error:?}");
        assert!(!printed.contains("4111111111111111") && printed.len() < 1000, "{printed}");
    }
    for bytes in [&b"\xff\xfe[\0]\0"[..], b"\xfe\xff\0[\0]", b"[\"\xff\"]", b"[\"\xed\xa0\x80\"]", b"\xef\xbb"] {
        let outcome = json::<Vec<String>>(answer(body("", bytes)).await.unwrap());
        assert!(matches!(outcome, Err(Error::Decode(_))), "{bytes:?}");
    }
}
