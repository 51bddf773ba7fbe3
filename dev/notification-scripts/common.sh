# ---- From here on the scripts for Nagios, Icinga 2 and Checkmk are the same. ----
#
# Configuration, one NAME=value a line: URL, API_KEY, SECRET, and if wanted SPOOL (a folder for what cannot be
# delivered now), SOURCE (a name for this server), PROXY, CA_FILE, TIMEOUT (seconds in all, 25).
# Ends with 0: delivered, or kept in the spool; 1: not delivered; 2: wrong configuration.
set -u
LC_ALL=C
export LC_ALL

# Custom variables of such names stay here: they hold passwords more often than not.
SECRETIVE='pass|secret|token|communit|credential|auth|key|snmp'

TIMEOUT=25
SPOOL_MAX=5000
URL='' API_KEY='' SECRET='' SPOOL='' SOURCE='' PROXY='' CA_FILE=''

complain() {
  printf '%s: %s\n' "$ME" "$1" >&2
  if command -v logger >/dev/null 2>&1; then logger -t "$ME" -- "$1" 2>/dev/null || :; fi
}

die() {
  complain "$2"
  exit "$1"
}

# The file holds the secret: nobody but its owner, and perhaps the owner's group, may read it.
read_config() {
  [ -r "$CONFIG" ] || die 2 "cannot read $CONFIG"
  # shellcheck disable=SC2012
  case $(ls -ldL "$CONFIG" | cut -c1-10) in
    -r???-?---) ;;
    *) die 2 "$CONFIG may be read by others: chmod 600 it" ;;
  esac
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%"$CR"}
    case $line in
      '' | '#'*) continue ;;
      *=*) ;;
      *) die 2 "$CONFIG: not of the form NAME=value: $line" ;;
    esac
    value=${line#*=}
    case ${line%%=*} in
      URL) URL=$value ;;
      API_KEY) API_KEY=$value ;;
      SECRET) SECRET=$value ;;
      SPOOL) SPOOL=$value ;;
      SOURCE) SOURCE=$value ;;
      PROXY) PROXY=$value ;;
      CA_FILE) CA_FILE=$value ;;
      TIMEOUT) TIMEOUT=$value ;;
      *) die 2 "$CONFIG: unknown name ${line%%=*}" ;;
    esac
  done <"$CONFIG"
  case $URL in https://* | http://*) ;; *) die 2 "$CONFIG: URL is missing" ;; esac
  [ -n "$API_KEY" ] || die 2 "$CONFIG: API_KEY is missing"
  case $TIMEOUT in '' | *[!0-9]*) die 2 "$CONFIG: TIMEOUT is not a number of seconds" ;; esac
}

# The variables as one JSON object of strings. Bytes above 127 pass as they are: UTF-8 stays UTF-8.
body() {
  awk -v prefix="$PREFIX" -v names="$NAMES" -v own="$OWN" -v secretive="$SECRETIVE" '
    function quoted(text,   i, n, c) {
      printf "\""
      n = length(text)
      for (i = 1; i <= n; i++) {
        c = substr(text, i, 1)
        if (c in escape) c = escape[c]
        printf "%s", c
      }
      printf "\""
    }
    function member(name, value) {
      printf "%s", (count++ ? "," : "{")
      quoted(name)
      printf ":"
      quoted(value)
    }
    BEGIN {
      for (i = 1; i < 32; i++) escape[sprintf("%c", i)] = sprintf("\\u%04x", i)
      escape["\""] = "\\\""
      escape["\\"] = "\\\\"
      n = split(names, list, " ")
      for (i = 1; i <= n; i++)
        if ((prefix list[i]) in ENVIRON && ENVIRON[prefix list[i]] != "")
          member(prefix list[i], ENVIRON[prefix list[i]])
      for (name in ENVIRON)
        if (name ~ own && tolower(name) !~ secretive && ENVIRON[name] != "") member(name, ENVIRON[name])
      if (ENVIRON["AW_SOURCE"] != "") member("SOURCE", ENVIRON["AW_SOURCE"])
      printf "%s", (count ? "}" : "{}")
    }' </dev/null
}

sha256() {
  openssl dgst -sha256 -r | cut -d' ' -f1
}

# Hex digits as printf escapes, each byte XORed with a number.
masked() {
  digits=$1 escapes=''
  while [ -n "$digits" ]; do
    rest=${digits#??}
    byte=$((0x${digits%"$rest"} ^ $2))
    escapes="$escapes\\0$((byte >> 6))$((byte >> 3 & 7))$((byte & 7))"
    digits=$rest
  done
  printf '%s' "$escapes"
}

# HMAC-SHA256 (RFC 2104) of the input, in hex. Made of plain hashes, because openssl takes an HMAC's key as an
# argument, and everybody on the machine can read arguments.
hmac() {
  key=$(printf '%s' "$SECRET" | od -An -v -tx1 | tr -d ' \n')
  if [ "${#key}" -gt 128 ]; then key=$(printf '%s' "$SECRET" | sha256); fi
  while [ "${#key}" -lt 128 ]; do key=${key}00; done
  inner=$({ printf '%b' "$(masked "$key" 54)" && cat; } | sha256)
  printf '%b' "$(masked "$key" 92)$(masked "$inner" 0)" | sha256
}

now() {
  date +%s
}

remaining() {
  echo "$((STARTED + TIMEOUT - $(now)))"
}

# One attempt with the body in $1 under the delivery id $2; sets $status, 000 where nobody answered.
post() {
  stamp=$(now)
  most=$(remaining)
  [ "$most" -gt 1 ] || most=2
  {
    printf 'url = "%s"\n' "$URL"
    printf 'header = "X-API-Key: %s"\n' "$API_KEY"
    printf 'header = "Content-Type: application/json"\nheader = "Expect:"\n'
    printf 'header = "X-Delivery-ID: %s"\n' "$2"
    if [ -n "$SECRET" ]; then
      printf 'header = "X-Timestamp: %s"\n' "$stamp"
      printf 'header = "X-Signature: sha256=%s"\n' "$({ printf '%s.' "$stamp" && cat "$1"; } | hmac)"
    fi
    if [ -n "$PROXY" ]; then printf 'proxy = "%s"\n' "$PROXY"; fi
    if [ -n "$CA_FILE" ]; then printf 'cacert = "%s"\n' "$CA_FILE"; fi
  } >"$WORK/curl"
  : >"$WORK/headers"
  : >"$WORK/answer"
  status=$(curl -sS --config "$WORK/curl" --data-binary "@$1" --max-time "$most" \
    --dump-header "$WORK/headers" --output "$WORK/answer" --write-out '%{http_code}' 2>"$WORK/error") || :
  case $status in [1-5]??) ;; *) status=000 ;; esac
}

# 0: delivered. 1: not now, worth another try later. 2: refused for good.
deliver() {
  pause=1
  while :; do
    post "$1" "$2"
    case $status in
      2??) return 0 ;;
      000 | 408 | 429 | 5??) ;;
      401 | 403)
        complain "refused with $status: $(cut -c1-300 "$WORK/answer" | head -n 1)"
        return 1
        ;;
      *)
        complain "refused with $status: $(cut -c1-300 "$WORK/answer" | head -n 1)"
        return 2
        ;;
    esac
    asked=$(sed -n 's/^[Rr][Ee][Tt][Rr][Yy]-[Aa][Ff][Tt][Ee][Rr]: *\([0-9]\{1,6\}\).*/\1/p' "$WORK/headers" | tail -n 1)
    wait=$pause
    if [ -n "$asked" ] && [ "$asked" -gt "$wait" ]; then wait=$asked; fi
    if [ "$wait" -ge "$(remaining)" ]; then
      complain "not delivered, last answer $status $(head -n 1 "$WORK/error")"
      return 1
    fi
    sleep "$wait"
    pause=$((pause * 2))
  done
}

# Sends what waits, oldest first. 1: it still waits, and what is newer has to wait behind it.
flush() {
  [ -n "$SPOOL" ] && [ -d "$SPOOL" ] || return 0
  for waiting in "$SPOOL/$TOOL".*.json; do
    [ -e "$waiting" ] || continue
    id=${waiting%.json}
    # Read once: another run may deliver and remove it meanwhile.
    cat "$waiting" >"$WORK/waiting" 2>/dev/null || continue
    deliver "$WORK/waiting" "${id##*.}" && result=0 || result=$?
    case $result in
      0) rm -f "$waiting" ;;
      1) return 1 ;;
      *) mv -f "$waiting" "$waiting.refused" 2>/dev/null || : ;;
    esac
  done
  return 0
}

keep() {
  if [ -z "$SPOOL" ] || ! [ -d "$SPOOL" ] || ! [ -w "$SPOOL" ]; then die 1 "lost: there is no SPOOL to keep it in"; fi
  set -- "$1" "$2" "$SPOOL/$TOOL".*.json
  if [ "$#" -gt "$SPOOL_MAX" ]; then
    complain "the spool is full: the oldest notification is dropped"
    rm -f "$3"
  fi
  if ! cp "$1" "$SPOOL/.$2" || ! mv "$SPOOL/.$2" "$SPOOL/$TOOL.$STARTED.$2.json"; then
    die 1 "cannot write to $SPOOL"
  fi
  complain "kept in $SPOOL for later"
}

CR=$(printf '\r')
mode=send
while [ "$#" -gt 0 ]; do
  case $1 in
    --test) mode='test' ;;
    --flush) mode=flush ;;
    --config)
      [ "$#" -gt 1 ] || die 2 "--config wants a file"
      CONFIG=$2
      shift
      ;;
    *=*)
      case ${1%%=*} in
        '' | *[!A-Z0-9_]*) die 2 "not a macro's name: ${1%%=*}" ;;
      esac
      export "$PREFIX$1"
      ;;
    *) die 2 "unknown argument $1; known: NAME=VALUE, --config FILE, --test, --flush" ;;
  esac
  shift
done

read_config
umask 077
STARTED=$(now)
WORK=$(mktemp -d "${TMPDIR:-/tmp}/$ME.XXXXXX") || die 1 "cannot make a temporary folder"
trap 'rm -rf "$WORK"' EXIT
trap 'exit 1' HUP INT TERM

if [ "$mode" = flush ]; then
  flush || exit 1
  exit 0
fi
if [ "$mode" = "test" ]; then
  HOST=$(uname -n)
  export "${PREFIX}NOTIFICATIONTYPE=TEST" "${PREFIX}HOSTNAME=$HOST"
  export "${PREFIX}HOSTOUTPUT=Test of the notification script on $HOST. Nothing is wrong."
fi
AW_SOURCE=$SOURCE
export AW_SOURCE
body >"$WORK/body"
DELIVERY=$(openssl rand -hex 16) || die 1 "openssl does not work"
if flush; then
  deliver "$WORK/body" "$DELIVERY" && result=0 || result=$?
else
  result=1
fi
case $result in
  0) if [ "$mode" = "test" ]; then echo "Delivered: $(cut -c1-300 "$WORK/answer" | head -n 1)"; fi ;;
  1) if [ "$mode" = "test" ]; then exit 1; else keep "$WORK/body" "$DELIVERY"; fi ;;
  *) exit 1 ;;
esac
