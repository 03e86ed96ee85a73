// Desk's build, the Outside line page included: served at `/desk/`.
import { defineConfig } from "vite";
import { page } from "../vite.shared.ts";

export default defineConfig(page("desk", "/desk/"));
