//! Sends what breaks a rule, in every place that can have one, and prints why it did not leave.

use std::error::Error;

use bytes::Bytes;

use crate::pictures::{self, Client};
use crate::support::client::{Error as Failure, Response};
use crate::support::{Binary, from_json_lenient};

/// What was wrong with a request: nothing, if it was sent.
async fn said(call: impl IntoFuture<Output = Result<Response<()>, Failure>>) -> String {
    match call.await {
        Ok(_) => "sent".to_owned(),
        Err(Failure::Invalid(violations)) => violations.to_string(),
        Err(failure) => format!("failed: {failure}"),
    }
}

pub async fn print(client: &Client) -> Result<(), Box<dyn Error>> {
    let crop: pictures::ReplacePictureCrop = from_json_lenient(b"{}")?;
    let turn: pictures::ReplacePictureTurn = from_json_lenient(br#"{"by":45}"#)?;
    let x_position: pictures::ReplacePictureXPosition = from_json_lenient(br#"{"at":[9,10]}"#)?;
    let broken = client
        .replace_picture_text("A", "")
        .quality(101)
        .tags(vec!["a".to_owned()])
        .crop(crop)
        .turn(turn)
        .note("äöüßa")
        .x_position(x_position)
        .x_reason("none")
        .visit("\u{1f600}-é+");
    println!("{}", said(broken).await);

    let form = from_json_lenient(br#"{"url":"no uri","sizes":[8,8,9]}"#)?;
    println!("form: {}", said(client.replace_picture("a", &form)).await);

    let parts = |picture, page| -> Result<pictures::ReplacePictureMultipartRequest, Box<dyn Error>> {
        let mut parts: pictures::ReplacePictureMultipartRequest =
            from_json_lenient(br#"{"picture":"","place":{"lat":91}}"#)?;
        (parts.picture, parts.pages) = (picture, Some(vec![Binary::default(), page]));
        Ok(parts)
    };
    let bytes = |bytes: &[u8]| Binary::from(bytes);
    println!(
        "parts: {}",
        said(client.replace_picture_multipart("a", &parts(bytes(b"\xff\0\xff"), bytes(b"1"))?)).await
    );

    println!("text: {}", said(client.replace_picture_text("a", "äöü")).await);
    println!("text: {}", said(client.replace_picture_text("a", "four")).await);
    println!("integer: {}", said(client.replace_picture_csv("a", "3")).await);
    println!("integer: {}", said(client.replace_picture_csv("a", "2")).await);
    println!("integer: {}", said(client.replace_picture_csv("a", "two")).await);
    println!("bytes: {}", said(client.replace_picture_bytes("a", Bytes::from_static(&[255, 0]))).await);
    println!("bytes: {}", said(client.replace_picture_bytes("a", Bytes::from_static(&[255]))).await);
    println!("image: {}", said(client.replace_picture_png("a", Bytes::from_static(&[255, 0, 1]))).await);
    println!("no note: {}", said(client.add_note()).await);
    println!("note: {}", said(client.add_note().body("A")).await);
    println!("note of bytes: {}", said(client.add_note_bytes(Bytes::from_static(b"ab"))).await);
    println!("note as YAML: {}", said(client.add_note_yaml("b: 1")).await);
    Ok(())
}
