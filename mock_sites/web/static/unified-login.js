// The documented address of unified login keeps its page and query behind the "#".
"use strict";

const [page, query = ""] = location.hash.slice(2).split("?");
if (page === "portal-login") location.replace(`/unified-login/portal-login?${query}`);
