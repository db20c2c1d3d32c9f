//! What a careful developer writes by hand for three types of the home APIs: serde structs, and checks of the same rules that list
//! every violation. The floor that emitted code is measured against.

use serde::Deserialize;

use planchet_payments::support::formats::{card_number, date_time, email};

/// A broken rule, as a hand-written check reports it.
#[derive(Debug)]
pub struct Broken {
    pub pointer: String,
    pub rule: &'static str,
}

#[derive(Default)]
pub struct Checks(pub Vec<Broken>);

impl Checks {
    fn add(&mut self, pointer: &str, rule: &'static str) {
        self.0.push(Broken { pointer: pointer.to_owned(), rule });
    }

    fn length(&mut self, pointer: &str, text: &str, least: usize, most: usize) {
        let length = text.chars().count();
        if length < least {
            self.add(pointer, "minLength");
        }
        if length > most {
            self.add(pointer, "maxLength");
        }
    }

    fn optional(&mut self, pointer: &str, text: &Option<String>, most: usize) {
        if let Some(text) = text {
            self.length(pointer, text, 0, most);
        }
    }

    fn card_number(&mut self, pointer: &str, text: &str) {
        if !card_number::is_card_number(text) {
            self.add(pointer, "format");
        }
    }

    fn finish(self) -> Result<(), Vec<Broken>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub struct GetTokenRequest {
    pub processor_guid: Option<String>,
    pub charity_id: Option<String>,
    pub organization_guid: Option<String>,
    pub integration_source: Option<String>,
    pub card_num: String,
    pub card_type: Option<String>,
    pub exp_month: String,
    pub exp_year: String,
    #[serde(rename = "CVNum")]
    pub cv_num: Option<String>,
    pub name_on_card: String,
    pub email: String,
    pub zip: Option<String>,
    pub street: String,
    pub city: String,
    pub state: Option<String>,
    pub country: String,
    pub currency: Option<String>,
    pub external_constituent_id: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub ip_address: Option<String>,
}

impl GetTokenRequest {
    pub fn validate(&self) -> Result<(), Vec<Broken>> {
        let mut checks = Checks::default();
        checks.length("/CardNum", &self.card_num, 0, 30);
        checks.card_number("/CardNum", &self.card_num);
        checks.optional("/CardType", &self.card_type, 20);
        checks.length("/ExpMonth", &self.exp_month, 2, 2);
        checks.length("/ExpYear", &self.exp_year, 2, 2);
        checks.optional("/CVNum", &self.cv_num, 4);
        checks.length("/NameOnCard", &self.name_on_card, 0, 25);
        checks.length("/Email", &self.email, 0, 100);
        if !email::is_email(&self.email) {
            checks.add("/Email", "format");
        }
        checks.optional("/Zip", &self.zip, 10);
        checks.length("/Street", &self.street, 0, 50);
        checks.length("/City", &self.city, 0, 50);
        checks.optional("/State", &self.state, 50);
        checks.length("/Country", &self.country, 0, 2);
        checks.optional("/Currency", &self.currency, 3);
        checks.optional("/ExternalConstituentId", &self.external_constituent_id, 200);
        checks.optional("/FirstName", &self.first_name, 50);
        checks.optional("/LastName", &self.last_name, 50);
        checks.optional("/IpAddress", &self.ip_address, 40);
        checks.finish()
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AuthRequest {
    pub amount: f64,
    pub currency: String,
    pub card: CardInput,
    pub user_token: Option<String>,
    pub generate_token: Option<bool>,
    pub is_digital: Option<bool>,
    pub order_desc: Option<String>,
    pub payer_details: Option<PayerDetails>,
    pub my_ref: Option<String>,
    pub payment_gateway_account_name: Option<String>,
    pub certificate_name: Option<String>,
    pub payment_gateway_account: Option<PaymentGatewayAccount>,
    pub network_token_brand: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CardInput {
    pub card_holder_name: String,
    pub card_number: String,
    pub expiration_year: i64,
    pub expiration_month: i64,
    #[serde(rename = "ownerID")]
    pub owner_id: Option<String>,
    pub issue_number: Option<String>,
    pub cvv: Option<String>,
    #[serde(rename = "threeDSAuthentication")]
    pub three_ds_authentication: Option<serde_json::Value>,
    pub card_type: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PayerDetails {
    #[serde(rename = "clientIPAddress")]
    pub client_ip_address: String,
    pub country_code: String,
    pub address1: Option<String>,
    pub address2: Option<String>,
    pub address3: Option<String>,
    pub post_code: Option<String>,
    pub city: Option<String>,
    pub state_province: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PaymentGatewayAccount {
    pub payment_gateway_name: Option<String>,
    pub credentials: Option<Vec<KeyValue>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyValue {
    pub key: Option<String>,
    pub value: Option<String>,
}

const CARD_TYPES: &[&str] = &[
    "Unspecified",
    "AMEX",
    "BC",
    "CartaSi",
    "Dankort",
    "Delta",
    "DinersClub",
    "Discover",
    "Electron",
    "Elo",
    "enRoute",
    "Hipercard",
    "JCB",
    "Maestro",
    "MasterCard",
    "MC_Alaska",
    "MC_Canada",
    "Switch",
    "Troy",
    "UATP",
    "UnionPay",
    "Visa",
];

impl AuthRequest {
    pub fn validate(&self) -> Result<(), Vec<Broken>> {
        let mut checks = Checks::default();
        if self.amount <= 0.0 {
            checks.add("/amount", "exclusiveMinimum");
        }
        checks.length("/currency", &self.currency, 3, 3);
        self.card.validate(&mut checks);
        if let Some(payer) = &self.payer_details {
            payer.validate(&mut checks);
        }
        checks.optional("/certificateName", &self.certificate_name, 128);
        if let Some(brand) = &self.network_token_brand
            && !["Visa", "MasterCard", "Amex"].contains(&brand.as_str())
        {
            checks.add("/networkTokenBrand", "enum");
        }
        if self.payment_gateway_account_name.is_none() && self.payment_gateway_account.is_none() {
            checks.add("", "anyOf");
        }
        checks.finish()
    }
}

impl CardInput {
    fn validate(&self, checks: &mut Checks) {
        checks.length("/card/cardHolderName", &self.card_holder_name, 1, usize::MAX);
        checks.length("/card/cardNumber", &self.card_number, 1, usize::MAX);
        checks.card_number("/card/cardNumber", &self.card_number);
        if !(1000..=9999).contains(&self.expiration_year) {
            checks.add("/card/expirationYear", "minimum");
        }
        if !(1..=12).contains(&self.expiration_month) {
            checks.add("/card/expirationMonth", "minimum");
        }
        if let Some(cvv) = &self.cvv {
            let token = cvv
                .strip_prefix('@')
                .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_alphanumeric()));
            let digits = (3..=4).contains(&cvv.len()) && cvv.bytes().all(|b| b.is_ascii_digit());
            if !token && !digits {
                checks.add("/card/cvv", "pattern");
            }
        }
        if let Some(kind) = &self.card_type
            && !CARD_TYPES.contains(&kind.as_str())
        {
            checks.add("/card/cardType", "enum");
        }
    }
}

impl PayerDetails {
    fn validate(&self, checks: &mut Checks) {
        checks.length("/payerDetails/clientIPAddress", &self.client_ip_address, 1, usize::MAX);
        checks.length("/payerDetails/countryCode", &self.country_code, 1, usize::MAX);
        if self.country_code.len() != 2 || !self.country_code.bytes().all(|b| b.is_ascii_uppercase()) {
            checks.add("/payerDetails/countryCode", "pattern");
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PaymentGatewayAccountBrief {
    pub name: Option<String>,
    pub payment_gateway_name: Option<String>,
    pub creation_time: Option<String>,
}

pub fn validate_accounts(accounts: &[PaymentGatewayAccountBrief]) -> Result<(), Vec<Broken>> {
    let mut checks = Checks::default();
    for (index, account) in accounts.iter().enumerate() {
        if let Some(time) = &account.creation_time
            && !date_time::is_date_time(time)
        {
            checks.add(&format!("/{index}/creationTime"), "format");
        }
    }
    checks.finish()
}
