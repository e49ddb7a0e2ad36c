/** The Swagger UI as somebody uses it: what they press, and what they then see. */
export class SwaggerUi {
  #page;

  constructor(page) {
    this.#page = page;
  }

  async open(url) {
    await this.#page.goto(url);
    await this.#page.locator('.opblock').first().waitFor();
  }

  /** Types a token into the dialog behind _Authorize_, after a token that is there has been thrown away. */
  async authorize(token) {
    const dialog = await this.#openDialog();
    const logout = dialog.getByRole('button', { name: 'Remove authorization' });
    if (await logout.isVisible()) await logout.click();
    await dialog.locator('input').fill(token);
    await dialog.getByRole('button', { name: 'Apply credentials' }).click();
    await this.#closeDialog(dialog);
  }

  async isAuthorized() {
    const dialog = await this.#openDialog();
    const isIn = await dialog.getByRole('button', { name: 'Remove authorization' }).isVisible();
    await this.#closeDialog(dialog);
    return isIn;
  }

  async #openDialog() {
    await this.#page.locator('.auth-wrapper > .authorize').click();
    return this.#page.locator('.dialog-ux .modal-ux');
  }

  async #closeDialog(dialog) {
    await dialog.locator('.btn-done').click();
    await dialog.waitFor({ state: 'detached' });
  }

  /**
   * Executes an operation as its form is filled in, but for what is given.
   * @returns the status and the body that the page shows
   */
  async execute(tag, operationId, { parameters = {}, body } = {}) {
    const block = this.#page.locator(`#operations-${tag}-${operationId}`);
    if (!(await block.getAttribute('class')).includes('is-open')) await block.locator('.opblock-summary-control').click();
    for (const [name, value] of Object.entries(parameters)) await block.locator(`tr[data-param-name="${name}"] input`).fill(value);
    if (body !== undefined) await block.locator('textarea.body-param__text').fill(JSON.stringify(body, undefined, 2));
    const clear = block.locator('.btn-clear');
    if (await clear.isVisible()) await clear.click();
    await block.locator('.execute').click();
    const answer = block.locator('.live-responses-table tr.response').first();
    await answer.waitFor();
    const status = Number.parseInt(await answer.locator('.response-col_status').innerText());
    const shown = answer.locator('.response-col_description .highlight-code code').first();
    return { status, body: (await shown.count()) === 0 ? undefined : JSON.parse(await shown.innerText()) };
  }
}
