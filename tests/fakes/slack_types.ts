// What of @slack/types is made into a JSON schema when node_modules is set up (Makefile): all that the bot can send.
import type { HomeView, KnownBlock, ModalView } from "@slack/types";

export type Judged = KnownBlock | HomeView | ModalView;
