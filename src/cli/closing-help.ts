/** Stands below the help of the program. */
export const CLOSING_HELP = `
Exit codes: 0 ok · 1 error · 2 wrong usage · 3 some files failed · 4 not enough labels · 130 interrupted
The library is in the data folder of your system, or where ALGIERS_DATA_DIR says.

Example:
  $ algiers library add ~/Music && algiers library scan
  $ algiers labels import ~/Music/labels/*.json && algiers train --activate
  $ algiers classify "Summer Nights"`
