//! Sends what breaks a rule, in every place that can have one, and prints why it did not leave.

use std::error::Error;

use bytes::Bytes;

use crate::pictures::client::operations::ReplacePictureParams;
use crate::pictures::{self, Client};
use crate::support::client::{Error as Failure, Response};
use crate::support::{Binary, from_json_lenient};

/// What was wrong with a request: nothing, if it was sent.
fn said<E: std::fmt::Display>(outcome: Result<Response<()>, Failure<E>>) -> String {
    match outcome {
        Ok(_) => "sent".to_owned(),
        Err(Failure::Invalid(violations)) => violations.to_string(),
        Err(failure) => format!("failed: {failure}"),
    }
}

pub async fn print(client: &Client) -> Result<(), Box<dyn Error>> {
    let none = ReplacePictureParams::default();
    let broken = ReplacePictureParams {
        quality: Some(101),
        tags: Some(vec!["a".to_owned()]),
        crop: Some(from_json_lenient(b"{}")?),
        turn: Some(from_json_lenient(br#"{"by":45}"#)?),
        note: Some("äöüßa".to_owned()),
        x_position: Some(from_json_lenient(br#"{"at":[9,10]}"#)?),
        x_reason: Some("none".to_owned()),
        visit: Some("\u{1f600}-é+".to_owned()),
    };
    println!("{}", said(client.replace_picture_text("A", "", &broken).await));

    let form = from_json_lenient(br#"{"url":"no uri","sizes":[8,8,9]}"#)?;
    println!("form: {}", said(client.replace_picture("a", &form, &none).await));

    let parts = |picture, page| -> Result<pictures::ReplacePictureMultipartBody, Box<dyn Error>> {
        let mut parts: pictures::ReplacePictureMultipartBody =
            from_json_lenient(br#"{"picture":"","place":{"lat":91}}"#)?;
        (parts.picture, parts.pages) = (picture, Some(vec![Binary::default(), page]));
        Ok(parts)
    };
    let bytes = |bytes: &[u8]| Binary::from(bytes);
    println!(
        "parts: {}",
        said(client.replace_picture_multipart("a", &parts(bytes(b"\xff\0\xff"), bytes(b"1"))?, &none).await)
    );

    println!("text: {}", said(client.replace_picture_text("a", "äöü", &none).await));
    println!("text: {}", said(client.replace_picture_text("a", "four", &none).await));
    println!("integer: {}", said(client.replace_picture_csv("a", "3", &none).await));
    println!("integer: {}", said(client.replace_picture_csv("a", "2", &none).await));
    println!("integer: {}", said(client.replace_picture_csv("a", "two", &none).await));
    println!("bytes: {}", said(client.replace_picture_bytes("a", Bytes::from_static(&[255, 0]), &none).await));
    println!("bytes: {}", said(client.replace_picture_bytes("a", Bytes::from_static(&[255]), &none).await));
    println!("image: {}", said(client.replace_picture_png("a", Bytes::from_static(&[255, 0, 1]), &none).await));
    println!("no note: {}", said(client.add_note(None).await));
    println!("note: {}", said(client.add_note(Some("A")).await));
    println!("note of bytes: {}", said(client.add_note_bytes(Some(Bytes::from_static(b"ab"))).await));
    println!("note as YAML: {}", said(client.add_note_yaml(Some("b: 1")).await));
    Ok(())
}
