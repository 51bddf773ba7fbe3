import type { AdapterGuide } from "./adapter.ts";

export const cloudwatchGuide: AdapterGuide = {
  label: "Amazon CloudWatch",
  about:
    "CloudWatch sends each change of an alarm to an SNS topic, and SNS sends it here, signed by AWS. OK closes the alert; INSUFFICIENT_DATA is noted on it and ends nothing.",
  versions:
    "alarm messages of 2026: one metric, metric maths, anomaly bands and composite alarms; SNS signatures 1 and 2",
  signs: "own",
  recovers: true,
  steps: [
    "In the AWS console, open Simple Notification Service, Topics, Create topic, and choose Standard. One topic a region is enough.",
    "On the topic, choose Create subscription: protocol HTTPS, endpoint {webhook_url}. Leave “Enable raw message delivery” off: raw messages carry no signature and are refused.",
    "The subscription confirms itself within seconds. The first topic is accepted by itself; a further one waits for your approval under Security.",
    "In each alarm, under Notification, choose the topic for “In alarm” and again for “OK”, so that recoveries arrive.",
    "AWS gives alarms no severity. Write “severity: high” or “[P1]” into an alarm's description; without it an alarm is medium.",
    "Optional: set the topic's attribute SignatureVersion to 2, which is signed with SHA-256 instead of SHA-1.",
  ],
  templates: [
    {
      where: "CloudFormation",
      language: "yaml",
      text: `Resources:
  AlertWhispererTopic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: alert-whisperer
      SignatureVersion: "2"
  AlertWhispererSubscription:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: { Ref: AlertWhispererTopic }
      Protocol: https
      Endpoint: "{webhook_url}"
      RawMessageDelivery: false
`,
    },
    {
      where: "AWS CLI",
      language: "shell",
      text: `topic=$(aws sns create-topic --name alert-whisperer --attributes SignatureVersion=2 --query TopicArn --output text)
aws sns subscribe --topic-arn "$topic" --protocol https --notification-endpoint '{webhook_url}'
aws cloudwatch put-metric-alarm --alarm-name web-01-cpu --alarm-description 'severity: high' \\
  --namespace AWS/EC2 --metric-name CPUUtilization --dimensions Name=InstanceId,Value=i-0123456789abcdef0 \\
  --statistic Average --period 300 --evaluation-periods 2 --threshold 90 --comparison-operator GreaterThanThreshold \\
  --alarm-actions "$topic" --ok-actions "$topic"
`,
    },
    {
      where: "Terraform",
      language: "text",
      text: `resource "aws_sns_topic" "alert_whisperer" {
  name              = "alert-whisperer"
  signature_version = 2
}

resource "aws_sns_topic_subscription" "alert_whisperer" {
  topic_arn              = aws_sns_topic.alert_whisperer.arn
  protocol               = "https"
  endpoint               = "{webhook_url}"
  endpoint_auto_confirms = true
  raw_message_delivery   = false
}
`,
    },
  ],
  docs: "https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html",
};

export const eventbridgeGuide: AdapterGuide = {
  label: "Amazon EventBridge",
  about:
    "EventBridge sends alarms, GuardDuty findings, AWS Health events and instance states, through an SNS topic (signed by AWS) or straight to an API destination (the key alone). GuardDuty never says that a finding is over.",
  versions: "EventBridge events of version 0; unknown kinds are read field by field",
  signs: "own",
  recovers: true,
  steps: [
    "Create a Standard topic in Simple Notification Service and subscribe {webhook_url} to it with protocol HTTPS, raw message delivery off. It confirms itself.",
    "In EventBridge, open Rules, Create rule, and paste the event pattern below.",
    "As target choose SNS topic and your topic; leave “Configure target input” at Matched events.",
    "Or without SNS: create an API destination with this endpoint and method POST, and an API key connection with the header name X-API-Key and your key as its value. Such events are not signed, so SNS is the stronger way.",
  ],
  templates: [
    {
      where: "Event pattern of the rule",
      language: "json",
      text: `{
  "source": ["aws.guardduty", "aws.health", "aws.ec2"],
  "detail-type": ["GuardDuty Finding", "AWS Health Event", "EC2 Instance State-change Notification"]
}
`,
    },
    {
      where: "CloudFormation",
      language: "yaml",
      text: `Resources:
  AlertWhispererTopic:
    Type: AWS::SNS::Topic
    Properties:
      SignatureVersion: "2"
  AlertWhispererSubscription:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: { Ref: AlertWhispererTopic }
      Protocol: https
      Endpoint: "{webhook_url}"
  AlertWhispererTopicPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [{ Ref: AlertWhispererTopic }]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: { Service: events.amazonaws.com }
            Action: sns:Publish
            Resource: { Ref: AlertWhispererTopic }
  AlertWhispererRule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [aws.guardduty, aws.health, aws.ec2]
        detail-type: [GuardDuty Finding, AWS Health Event, EC2 Instance State-change Notification]
      Targets:
        - Id: alert-whisperer
          Arn: { Ref: AlertWhispererTopic }
`,
    },
  ],
  docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule.html",
};
