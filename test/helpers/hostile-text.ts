/** Text as an attacker, or a damaged file, would put it into a name: it colours, erases, reverses and breaks lines. */
export const HOSTILE =
  "Bar\u001b[2J\u001b]0;title\u0007io\u009b31m \u202egnaro\u2066x\u2069 \r\n::error::\tfake\u0000\u007f\u2028\uffff\ud800 end";

/** Control characters, bidirectional controls and what XML cannot hold. The line break is none: output has lines. */
export const CONTROLS = /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufffe\uffff\p{Cs}]/u;
