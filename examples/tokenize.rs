//! A consumer's program against both APIs, played by a server in this process: tokenize a card and a bank account, charge
//! with the gateway token, and see an invalid request stopped. It prints no secret.

use std::error::Error;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use planchet_payments::{frontstream, orchestra};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = serve().await?;

    // A card, at the first vendor.
    let client = frontstream::Client::builder().base_url(&url).access_token("demo-access-token").build()?;
    let request = frontstream::GetTokenRequest::builder()
        .card_num("4111111111111111")
        .exp_month("01")
        .exp_year("29")
        .cv_num("123")
        .name_on_card("Jane Smith")
        .email("jane@example.com")
        .street("1 Main St")
        .city("Reston")
        .country("US")
        .build()?;
    println!("sending {request:?}");
    let response = client.tokenize_card(&request).await?;
    println!("card: status {}, token {:?}", response.status(), response.token_guid);

    // A bank account, at the same vendor.
    let request = frontstream::GetTokenAchRequest::builder()
        .check_routing_number("021000021")
        .check_account_number("12345678")
        .check_account_type_id("1")
        .check_type_id("2")
        .name_on_check("Jane Smith")
        .email("jane@example.com")
        .street("1 Main St")
        .city("Reston")
        .country("US")
        .build()?;
    println!("account type {:?}, check type {:?}", request.check_account_type_id, request.check_type_id);
    let response = client.tokenize_ach(&request).await?;
    println!("bank account: status {}, token {:?}", response.status(), response.external_check_token);

    // A charge with the gateway's token, at the second vendor.
    let client = orchestra::Client::builder().base_url(&url).api_key_auth("demo-api-key").build()?;
    let card = || {
        orchestra::CardInput::builder()
            .card_number("4111111111111111")
            .card_holder_name("Jane Smith")
            .expiration_month(12)
            .expiration_year(2027)
    };
    let tokenize =
        orchestra::TokenizeRequest::builder().card(card().build()?).payment_gateway_account_name("stripe").build()?;
    let token = client.gateway_tokenize(&tokenize).await?.into_body().gateway_token;
    let text = token.as_ref().and_then(|token| token.expose().as_str()).ok_or("the gateway gave no token")?;
    let charge = orchestra::AuthRequest::builder()
        .amount(29.99)
        .currency("USD")
        .card(card().build()?)
        .user_token(text)
        .payment_gateway_account_name("stripe")
        .build()?;
    let charged = client.gateway_charge(&charge).await?;
    println!("charge: status {}, result {:?}", charged.status(), charged.operation_result_code);

    // An invalid request is stopped before anything is sent, with everything that is wrong.
    let mut broken = charge.clone();
    broken.amount = 0.0;
    broken.currency = "US".to_owned();
    broken.card.expiration_month = 13;
    match client.gateway_charge(&broken).await {
        Err(orchestra::Error::Invalid(violations)) => println!("stopped:\n{violations}"),
        other => return Err(format!("the broken request was not stopped: {other:?}").into()),
    }
    Ok(())
}

/// Starts a server that plays both vendors, and gives its URL.
async fn serve() -> std::io::Result<String> {
    let router = Router::new()
        .route(
            "/api/tokenize",
            post(|| async {
                (StatusCode::CREATED, r#"{"Successful":true,"TokenGuid":"2f1f7b0e-3f0a-4d5e-9c1b-0a1b2c3d4e5f"}"#)
            }),
        )
        .route(
            "/api/tokenizeAch",
            post(|| async { (StatusCode::CREATED, r#"{"Successful":true,"ExternalCheckToken":"chk_1"}"#) }),
        )
        .route(
            "/PaymentGateway/tokenize",
            post(|| async { r#"{"operationResultCode":"Success","gatewayToken":"tok_1abc123"}"# }),
        )
        .route(
            "/PaymentGateway/charge",
            post(|| async { (StatusCode::ACCEPTED, r#"{"operationResultCode":"Success"}"#) }),
        );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}
