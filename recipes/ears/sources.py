"""Where every second of training came from, and under which licence. All are packages of Debian's main section: none is NC or ND."""

# Its copyright file names licences of the package as a whole, not file by file.
UNLISTED = "free by the rules of Debian main; see the package's copyright file"

SOURCES = {
    "nexuiz-music": "GPL-2+", "wesnoth-1.16-music": "GPL-2+", "supertuxkart-data": "CC-BY-SA-3.0, CC-BY-SA-4.0, CC-BY-3.0, CC0", "redeclipse-data": "CC-BY-SA-3.0, CC-BY-3.0",
    "megaglest-data": "CC-BY-SA-3.0", "hedgewars-data": "GPL-2, CC-BY-SA-3.0", "frozen-bubble-data": "GPL-2", "singularity-music": "CC-BY-SA", "asterisk-moh-opsound-wav": "CC-BY-SA-3.0",
    "fretsonfire-songs-muldjord": "CC-BY-SA-3.0", "planetblupi-music-ogg": "GPL-3+", "asc-music": "GPL-2+", "extremetuxracer-data": "GPL-2+", "warzone2100-music": "GPL-2+, CC-BY-SA-3.0, CC0",
    "colobot-common-sounds": "GPL-3+", "wizznic-data": "GPL-3+", "0ad-data": "CC-BY-SA-3.0", "wesnoth-1.16-data": "GPL-2+", "openarena-data": "GPL-2+", "tuxpaint-stamps-default": "GPL-2",
    "oxygen-sounds": "LGPL-3+", "asterisk-core-sounds-en-wav": "CC-BY-SA-3.0", "FluidR3_GM.sf2": "MIT (fluid-soundfont-gm)", "MuseScore_General_Lite.sf3": "MIT (musescore-general-soundfont-small)",
    "sf_GMbank.sf2": "LGPL-2.1+ (csound-soundfont)", "OPL-3_FM_128M.sf2": "CC-BY-SA-4.0 (opl3-soundfont)", "espeak-ng": "GPL-3+ (the program that spoke)", "flite-kal": "BSD-like (the program that spoke)",
    "flite-awb": "BSD-like (the program that spoke)", "generator": "made by this recipe",
    "amoebax-data": "GPL-2+, Free-Art-License-1.2", "angrydd": "GPL-2, public-domain", "ardentryst": "GPL-3.0+ and CC-BY-SA-3.0, CC-BY-SA-3.0", "berusky2-data": "GPL-2+",
    "btanks-data": "GPL-2+ with an exception for linking", "cube2-data": "CC-BY-3.0, CC0-1.0, public-domain, CC-BY-SA-3.0, CC-BY-SA-4.0",
    "davegnukem-data": "Expat or GPL-2 or GPL-3, CC-BY-3.0, CC0-1.0", "endless-sky-data": "GPL-3+, public-domain, CC-BY-SA-3.0", "enigma-data": UNLISTED,
    "fb-music-high": UNLISTED, "fillets-ng-data": UNLISTED, "freecol": "GPL-2+, CC0-1.0, CC-BY-4.0", "freedroidrpg-data": "GPL-2+, CC0-1.0",
    "gigalomania-data": "GPL-2.0-or-later, CC-BY-3.0, CC0-1.0, CC-BY-3.0 or GPL-2.0-only or GPL-3.0-only", "gl-117-data": "GPL-2", "gunroar-data": UNLISTED,
    "hex-a-hop-data": "GPL-2+, CC0-1.0, CC-BY-SA-3.0, public-domain, CC-BY-3.0", "holotz-castle-data": "GPL-2+", "ironseed-data": "GPL-3+", "lincity-ng-data": "GPL-2+",
    "lmms-rendered": "GPL-2+, Artistic-2, BSD-2-clause, CC-BY-SA-3, CC-BY-SA-4", "lordsawar-data": "GPL-3+, GFDL-1.2+", "lugaru-data": "GPL-2+, CC-BY-SA-4.0",
    "marsshooter-data": "GPL-3+, CC-BY-3.0, CC0-1.0, CC-BY-SA-3.0, public-domain", "mu-cade-data": UNLISTED,
    "naev-data": "GPL-3+, GPL-2+, GPL-3 or CC-BY-3.0, GPL-3, CC-BY-3.0, CC-BY-SA-3.0, PD", "openclonk-data": UNLISTED, "parsec47-data": UNLISTED,
    "pathological": "GPL-2+", "pekka-kana-2-data": "BSD-2-Clause", "plee-the-bear-data": UNLISTED, "powermanga-data": "GPL-3+", "rrootage-data": UNLISTED,
    "scorched3d-data": "GPL-2+", "seahorse-adventures": "GPL-2", "starfighter-data": "GPL-2+", "supertux-data": "GPL-3+, CC0-1.0, GPL-2+", "tecnoballz-data": "GPL-3+",
    "titanion-data": UNLISTED, "torcs-data": "GPL-2+", "torus-trooper-data": UNLISTED, "trackballs-data": "GPL-2+, ETHYMONICS-FREE-MUSIC-LICENSE, CC0-1.0",
    "tumiki-fighters-data": UNLISTED, "tuxfootball": "GPL-2+", "tuxmath-data": "GPL-3+, Public Domain, CC-BY-SA-3.0", "tuxtype-data": UNLISTED,
    "unknown-horizons": "GPL-2+, CC-BY-SA-3.0", "val-and-rick-data": UNLISTED, "warmux-data": UNLISTED, "widelands-data": "GPL-2+, CC-BY-SA-3.0", "xmoto-data": "GPL-2+",
    "zaz-data": "GPL-3+, CC-BY-SA-3.0",
    "ufoai-music": "GPL-2+, CC-BY-3.0, CC-BY-SA-3.0, public-domain", "heroes-sound-tracks": "GPL-2+", "bomberclone-data": "GPL-2", "rafkill-data": "LGPL-2", "alienblaster-data": "GPL-2+, BSD-3-clause",
    "criticalmass-data": "GPL-2+", "garden-of-coloured-lights-data": "GPL-3+", "boswars-data": "GPL-2+", "chromium-bsu-data": "Clarified-Artistic, Expat", "pax-britannica-data": "Expat, Zlib, public-domain",
    "raincat-data": "BSD-3-clause, CC-BY-SA-3.0", "pushover-data": "GPL-3+, GPL-2+", "dustracing2d-data": "GPL-3+, CC-BY-SA-3.0, CC0-1.0", "brainparty-data": "GPL-3+, CC-BY-SA-3.0",
    "freeorion-data": "GPL-2, CC-BY-SA-3.0, LGPL-2.1+", "caveexpress-data": "GPL-3+, CC-BY-SA-4.0",
}
