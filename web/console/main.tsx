// Starts the Console.
import { RouterProvider } from "@tanstack/react-router";
import { startPage } from "@/session/startPage";
import { router } from "./router";

startPage(<RouterProvider router={router} />);
