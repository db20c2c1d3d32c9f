//! Sends bodies of every kind, and prints what readers that we did not write make of them.
#![deny(warnings, reason = "what is included is no reason for a warning")]

include!(concat!(env!("OUT_DIR"), "/pictures.rs"));

mod astray;
mod newer;
mod refused;

use std::convert::Infallible;
use std::error::Error;
use std::sync::{Arc, Mutex};

use http_body_util::{BodyExt as _, Full};
use support::Binary;
use support::client::{RequestBody, Transport};

type Seen = Arc<Mutex<Option<http::Request<RequestBody>>>>;

/// A client whose requests come back to the caller.
fn client_of(seen: &Seen) -> pictures::client::ClientBuilder {
    let seen = Arc::clone(seen);
    let service = tower::service_fn(move |request: http::Request<RequestBody>| {
        if let Ok(mut seen) = seen.lock() {
            *seen = Some(request);
        }
        let mut response = http::Response::new(Full::<bytes::Bytes>::default());
        *response.status_mut() = http::StatusCode::NO_CONTENT;
        async move { Ok::<_, Infallible>(response) }
    });
    pictures::Client::builder().transport(Transport::new(service))
}

/// The last request: its URI, its media type and its body.
async fn taken(seen: &Seen) -> Result<(http::Uri, String, bytes::Bytes), Box<dyn Error>> {
    let request = seen.lock().ok().and_then(|mut seen| seen.take()).ok_or("nothing was sent")?;
    let media_type = request.headers().get(http::header::CONTENT_TYPE).map(|value| value.to_str()).transpose()?;
    let (media_type, uri) = (media_type.unwrap_or_default().to_owned(), request.uri().clone());
    Ok((uri, media_type, request.into_body().collect().await?.to_bytes()))
}

fn pairs(text: &[u8]) -> Vec<String> {
    form_urlencoded::parse(text).map(|(name, value)| format!("{name}={value}")).collect()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let seen = Seen::default();
    let client = client_of(&seen).build()?;

    let upload = pictures::Upload::builder()
        .title("A \"quoted\" title, Grüße")
        .public(true)
        .picture(Binary::new(b"\x89PNG\r\n--planchet-part-00000000\r\n".to_vec()).with_file_name("a\"b.png"))
        .pages(vec![Binary::new(vec![1, 2]), Binary::new(vec![3]).with_media_type("application/pdf")])
        .labels(vec!["red".to_owned(), "blue".to_owned()])
        .place(pictures::UploadPlace::builder().lat(1.5).build()?)
        .build()?;
    client_of(&seen).base_url("http://localhost:1/api").build()?.add_picture(&upload).await?;
    println!("{}", taken(&seen).await?.0);
    client.add_picture(&upload).await?;
    let (uri, media_type, body) = taken(&seen).await?;
    println!("{uri}");
    let mut parts = multer::Multipart::new(
        futures_util::stream::once(async move { Ok::<_, Infallible>(body) }),
        multer::parse_boundary(&media_type)?,
    );
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let media_type = part.content_type().map(ToString::to_string);
        println!("{name} {file:?} {media_type:?} {:?}", part.bytes().await?);
    }

    let session = pictures::SignIn::builder()
        .name("a&b=c d+é")
        .scopes(vec!["read".to_owned(), "write".to_owned()])
        .remember(false)
        .build()?;
    client.open_session_form(&session).await?;
    let (_, media_type, body) = taken(&seen).await?;
    println!("{media_type} {:?}", pairs(&body));
    client.open_session(&session).await?;
    let (_, media_type, body) = taken(&seen).await?;
    println!("{media_type} {}", serde_json::from_slice::<serde_json::Value>(&body)?);
    client.renew_session(&session).await?;
    let (_, media_type, body) = taken(&seen).await?;
    println!("{media_type} {}", serde_json::from_slice::<serde_json::Value>(&body)?);
    client.open_session_text("plain é").await?;
    let (_, media_type, body) = taken(&seen).await?;
    println!("{media_type} {}", std::str::from_utf8(&body)?);
    client.open_session_bytes(bytes::Bytes::from_static(&[0, 255])).await?;
    let (_, media_type, body) = taken(&seen).await?;
    println!("{media_type} {body:?}");

    let filter = pictures::Filter::builder()
        .owner("Ann & Bob")
        .size(pictures::FilterSize::builder().gte(3).build()?)
        .tags(vec!["a".to_owned(), "b".to_owned()])
        .build()?;
    client.find_pictures().filter(filter).ids(vec![3, 4]).await?;
    let (uri, _, _) = taken(&seen).await?;
    println!("{uri}\n{:?}", pairs(uri.query().unwrap_or_default().as_bytes()));

    let turn: pictures::ReplacePictureTurn = support::from_json_lenient(br#"{"by":90}"#)?;
    let x_position: pictures::ReplacePictureXPosition = support::from_json_lenient(br#"{"at":[1,2]}"#)?;
    client.replace_picture_text("a", "abc").note("a b").turn(turn).x_position(x_position).await?;
    let request = seen.lock().ok().and_then(|mut seen| seen.take()).ok_or("nothing was sent")?;
    println!("{:?} {:?}", pairs(request.uri().query().unwrap_or_default().as_bytes()), request.headers()["x-position"]);

    refused::print(&client).await?;
    println!("{}", pictures::webhooks::PictureAdded::from_json(br#"{"name":""}"#).err().ok_or("an empty name")?);
    newer::send().await?;
    astray::print().await?;
    Ok(())
}
