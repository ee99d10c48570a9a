"""The Seller Center's page of what buyers ask and write about products, where sellers answer."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.huawei.domain import listings, questions, reviews
from mock_sites.huawei.domain.listings import Listing
from mock_sites.huawei.domain.tables import BuyerReview, ProductQuestion
from mock_sites.huawei.seller_center.forms import ReplyForm
from mock_sites.web.context import uow
from mock_sites.web.forms import form_page, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of

blueprint = Blueprint("opinions", __name__)


@blueprint.get("/questions")
def question_list() -> ResponseReturnValue:
    """The questions of buyers, all or those that are not answered yet, and their reviews."""
    state = "open" if request.args.get("state") == "open" else ""
    return render_template(
        "seller_center/questions.html",
        questions=page_of(uow(), questions.to_sellers(unanswered=bool(state))),
        reviews=page_of(uow(), reviews.to_sellers(), "reviews"),
        listing_of=listings.find,
        masked=reviews.masked,
        state=state,
    )


@blueprint.route("/questions/<int:number>/answer", methods=["GET", "POST"])
def answer(number: int) -> ResponseReturnValue:
    """The answer to a question."""
    asked = uow().session.get(ProductQuestion, number) or abort(404)
    form = ReplyForm(data={"reply": asked.answer})

    def store() -> bool:
        questions.answer(uow(), asked, form.reply.data or "")
        return True

    if submit(form, store):
        notice(_("Your answer is shown on the product page."))
        return redirect(url_for(".question_list"))
    shown = {"said": asked.text, "by": asked.account.name, "at": asked.asked_at, "stars": None}
    return form_page("seller_center/answer.html", form, listing=_listing(asked.content_id), **shown)


@blueprint.route("/reviews/<content_id>/<account_id>/reply", methods=["GET", "POST"])
def reply(content_id: str, account_id: str) -> ResponseReturnValue:
    """The reply to a review."""
    review = uow().session.get(BuyerReview, (account_id, content_id)) or abort(404)
    form = ReplyForm(data={"reply": review.reply})

    def store() -> bool:
        reviews.reply(uow(), review, form.reply.data or "")
        return True

    if submit(form, store):
        notice(_("Your answer is shown on the product page."))
        return redirect(url_for(".question_list"))
    shown = {"said": review.comment, "by": review.account.name, "at": review.written_at, "stars": review.stars}
    return form_page("seller_center/answer.html", form, listing=_listing(content_id), **shown)


def _listing(content_id: str) -> Listing:
    return listings.find(content_id) or abort(404)
