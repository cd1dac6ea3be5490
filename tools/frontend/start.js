// Starts GOV.UK Frontend's behaviours. Without JavaScript every page works as it stands.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
