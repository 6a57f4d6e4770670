import { en, type Texts } from "./en.ts";
import { fil } from "./fil.ts";

export type { Texts } from "./en.ts";

export const LANGUAGES = ["en", "fil"] as const;

export type Language = (typeof LANGUAGES)[number];

export const TEXTS: Record<Language, Texts> = { en, fil };
