#!/bin/sh
# Posts an Icinga 2 notification to Alert Whisperer, signed. Needs sh, awk, curl and openssl, nothing else.
#
#   alert-whisperer-icinga2 [NAME=VALUE ...]   sends; each NAME=VALUE is a variable, besides the ICINGA_ environment
#   alert-whisperer-icinga2 --test             sends a test, which opens no incident
#   alert-whisperer-icinga2 --flush            sends what waits in the spool
#   --config FILE before these: another configuration than /etc/alert-whisperer/icinga2.conf
ME=alert-whisperer-icinga2
TOOL=icinga2
PREFIX=ICINGA_
CONFIG=/etc/alert-whisperer/icinga2.conf
NAMES='NOTIFICATIONTYPE HOSTNAME HOSTDISPLAYNAME HOSTADDRESS HOSTSTATE HOSTSTATEID HOSTSTATETYPE HOSTOUTPUT
HOSTNOTESURL HOSTACTIONURL LASTHOSTSTATE SERVICENAME SERVICEDISPLAYNAME SERVICESTATE SERVICESTATEID SERVICESTATETYPE
SERVICEOUTPUT SERVICENOTESURL SERVICEACTIONURL LASTSERVICESTATE LASTSTATECHANGE NOTIFICATIONAUTHORNAME
NOTIFICATIONCOMMENT ZONE TIMET LONGDATETIME'
OWN='^ICINGA__(HOST|SERVICE)[A-Z0-9_]+$'
