// Starts Desk, or the Outside line page that is part of the same build.
import { startPage } from "@/session/startPage";
import { Door } from "./frame/Door";

startPage(<Door path={window.location.pathname} />);
