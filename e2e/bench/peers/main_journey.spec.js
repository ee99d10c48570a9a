// The main journey as people write it with Playwright Test. GIVEN names the JSON that e2e.bench.comparison writes.
const { test, expect } = require("@playwright/test");
const given = require(process.env.GIVEN);

const PRODUCT = "/contents/8990a122-f456-43a4-892c-a458be31e336";

test("from the purchase to the first login", async ({ browser }) => {
  const buyer = await browser.newContext();
  const employee = await browser.newContext();
  const accountId = await buy(await buyer.newPage());
  const loginUrl = await bind(buyer.pages()[0]);
  await start(await employee.newPage(), loginUrl, accountId);
});

function address(host) {
  const slash = host.indexOf("/");
  const [name, path] = slash < 0 ? [host, ""] : [host.slice(0, slash), host.slice(slash)];
  return `http://${name}${given.suffix}${path}`;
}

async function advance(page, seconds) {
  expect((await page.request.post(given.clock, { data: { seconds } })).ok()).toBeTruthy();
}

async function buy(page) {
  await page.goto(address("www.huaweicloud.com"));
  await page.getByRole("link", { name: "Sign In" }).click();
  await page.getByLabel("Account name/Phone number/Email").fill(given.buyer.username);
  await page.getByLabel("Password").fill(given.buyer.password);
  await page.getByRole("button", { name: "Sign In" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Console" })).toBeVisible();
  await page.goto(address(`marketplace.huaweicloud.com${PRODUCT}`));
  await page.getByRole("link", { name: "Subscribe Now" }).click();
  await page.getByRole("dialog").getByRole("checkbox").check();
  await page.getByRole("dialog").getByRole("button", { name: "Subscribe Now" }).click();
  await page.getByRole("link", { name: "Return to My Marketplace" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Purchased Services" })).toBeVisible();
  await advance(page, 60);
  await page.reload();
  await expect(page.getByRole("row").filter({ hasText: "Guance SaaS Edition" })).toBeVisible();
  await page.goto(address("console.huaweicloud.com"));
  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByRole("link", { name: "My Credentials", exact: true }).click();
  const accountId = await page.getByRole("textbox", { name: "Account ID" }).inputValue();
  await page.goto(address("marketplace.huaweicloud.com/buyer/"));
  await page.keyboard.press("Escape");
  const menu = page.getByRole("navigation", { name: "Buyer Center" });
  await menu.getByRole("link", { name: "Purchased Services" }).click();
  await page.getByRole("link", { name: "Resource details" }).click();
  const information = page.getByRole("region", { name: "Application Information" });
  await expect(information.getByRole("definition").first()).not.toBeEmpty();
  return accountId;
}

async function bind(page) {
  const employee = given.employee;
  await page.getByRole("banner").getByRole("link", { name: "Buyer Center" }).click();
  await page.getByRole("link", { name: "Start Usage" }).click();
  await page.getByRole("link", { name: "Use Now" }).click();
  await page.getByRole("radio", { name: "For Personal Use" }).check();
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByLabel("Enterprise name").fill(given.enterprise.name);
  await page.getByLabel("Enterprise domain").fill(given.enterprise.domain);
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await advance(page, 59);
  await page.reload();
  await advance(page, 121);
  await page.reload();
  await page.getByRole("main").getByRole("link", { name: "Add Members" }).click();
  await page.getByLabel("Password").fill(given.buyer.password);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("main").getByRole("link", { name: "Add Members" }).click();
  await page.getByLabel("Employee name").fill(employee.name);
  await page.getByLabel("Department").fill(employee.department);
  await page.getByLabel("Phone number").fill(employee.phone);
  await page.getByLabel("Email").fill(employee.email);
  await page.getByLabel("Account", { exact: true }).fill(employee.account);
  await page.getByLabel("Password").fill(employee.password);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("main").getByRole("link", { name: "Authorize Application Members" }).click();
  await page.getByRole("row").filter({ hasText: employee.name }).getByRole("checkbox").check();
  await page.getByRole("checkbox", { name: "Agree to Terms" }).check();
  await page.getByRole("button", { name: "Confirm Authorization" }).click();
  return page.getByRole("definition").getByRole("link").innerText();
}

async function start(page, loginUrl, accountId) {
  const { employee, registration: person } = given;
  await page.goto(loginUrl);
  await page.getByLabel("Account", { exact: true }).fill(`${employee.account}@${given.enterprise.domain}`);
  await page.getByLabel("Password").fill(employee.password);
  await page.getByRole("button", { name: "Log In" }).click();
  await page.getByLabel("New password", { exact: true }).fill(employee.new_password);
  await page.getByLabel("Confirm new password").fill(employee.new_password);
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByRole("radio", { name: "No Fee Center Account" }).check();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Username").fill(person.username);
  await page.getByLabel("Login password").fill(person.password);
  await page.getByLabel("Confirm password").fill(person.password);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Phone number").fill(person.phone);
  await page.getByRole("button", { name: "Get code" }).click();
  await expect(page.getByRole("status").filter({ hasText: person.email })).toBeVisible();
  await page.getByLabel("Verification code").fill(await readCode(page.context(), person.email));
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Company name").fill(person.company);
  await page.getByRole("checkbox", { name: "Read and agree" }).check();
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByLabel("Workspace name").fill(person.workspace);
  await page.getByRole("radio", { name: "English" }).check();
  await page.getByLabel("Huawei Cloud Account ID").fill(accountId);
  await page.getByRole("checkbox", { name: "Read and agree" }).check();
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.getByRole("link", { name: "Sign in to Guance" }).click();
  await page.getByLabel("Username or email").fill(person.username);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Billing", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Billing" })).toBeVisible();
}

async function readCode(context, email) {
  const page = await context.newPage();
  await page.goto(address("mail"));
  await page.getByLabel("Recipient").fill(email);
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("table").getByRole("link").first().click();
  const code = await page.getByTestId("code").innerText();
  await page.close();
  return code;
}
