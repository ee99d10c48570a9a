"""The first page of an enterprise member who comes from unified login."""

from e2e.pages.parts import AddressedPage, Form
from e2e.scenario.actor import Actor


class Start(AddressedPage):
    """The choice between registering and binding."""

    URL = "https://auth.guance.com/huaweicloud/start"

    def __init__(self, actor: Actor) -> None:
        words, page = actor.labels("start"), actor.page
        self._actor = actor
        self.form = Form(page.get_by_role("main"))
        self.heading = page.get_by_role("heading", level=1, name=words.start_using)
        self.no_account = page.get_by_role("radio", name=words.no_account, exact=True)
        self.existing_account = page.get_by_role("radio", name=words.existing_account, exact=True)
        self.next = page.get_by_role("button", name=words.next)
        self.explainer = (
            page.get_by_role("main").locator("section").filter(has=page.get_by_role("heading", name=words.what_is_it))
        )

        self.choices = page.get_by_role("main").get_by_role("group")
        self.process = self.explainer.get_by_role("figure").filter(has=page.get_by_role("list"))
