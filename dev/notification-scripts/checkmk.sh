#!/bin/sh
# Alert Whisperer
# Posts a Checkmk notification to Alert Whisperer, signed. Needs sh, awk, curl and openssl, nothing else.
#
#   alert-whisperer-checkmk [NAME=VALUE ...]   sends; each NAME=VALUE is a variable, besides the NOTIFY_ environment
#   alert-whisperer-checkmk --test             sends a test, which opens no incident
#   alert-whisperer-checkmk --flush            sends what waits in the spool
#   --config FILE before these: another configuration than ~/etc/alert-whisperer.conf
ME=alert-whisperer-checkmk
TOOL=checkmk
PREFIX=NOTIFY_
CONFIG=${OMD_ROOT:-}/etc/alert-whisperer.conf
NAMES='WHAT NOTIFICATIONTYPE HOSTNAME HOSTALIAS HOSTADDRESS HOSTSTATE HOSTSHORTSTATE HOSTOUTPUT LONGHOSTOUTPUT HOSTGROUPNAMES
HOSTURL HOSTTAGS HOSTACKAUTHOR HOSTACKCOMMENT SERVICEDESC SERVICESTATE SERVICESHORTSTATE SERVICEOUTPUT LONGSERVICEOUTPUT
SERVICEGROUPNAMES SERVICEURL SERVICECHECKCOMMAND SERVICEACKAUTHOR SERVICEACKCOMMENT NOTIFICATIONAUTHOR
NOTIFICATIONCOMMENT OMD_SITE MICROTIME'
OWN='^NOTIFY_(HOST|SERVICE)(LABEL)?_[A-Z0-9_]+$'
